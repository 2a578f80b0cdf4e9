import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../server/src/text/span.ts";
import { foundIn, OWN, SYSTEM } from "../kit/among.ts";

const RUN = "[Service]\nExecStart=/usr/bin/x\n";
const say = (files: Record<string, string>, path: string, complete = true): string[] =>
  foundIn(files, path, { complete }).map(({ code, start, end, message }) => {
    const text = files[path] ?? "";
    return `${code} [${text.slice(start, end)}] ${message}`;
  });

describe("reference/missing-unit", () => {
  const path = `${SYSTEM}a.service`;
  const text = `[Unit]\nRequires=gone.service\nAfter=gone.service\nWants=gone-too.service\n${RUN}[Install]\nWantedBy=never.target\nAlso=gone.socket\n`;

  it("is said of what a whole system does not have", () => {
    assert.deepEqual(say({ ...OWN, [path]: text }, path), [
      "reference/missing-unit [gone.service] Requires= names gone.service, but there is no such unit: systemd refuses to start this unit",
      "reference/missing-unit [never.target] WantedBy= names never.target, but there is no such unit: nothing starts this unit through it",
      "reference/missing-unit [gone.socket] Also= names gone.socket, but there is no such unit: systemctl enable reports and ignores it",
    ]);
  });

  it("is not said where not all units are seen, in a package or because only some folders were read", () => {
    assert.deepEqual(say({ [path]: text }, path), []);
    assert.deepEqual(say({ ...OWN, [path]: text }, path, false), []);
  });

  it("knows templates, aliases and what needs no file", () => {
    const files = {
      ...OWN,
      [path]: `[Unit]\nRequires=t@1.service other.service srv.mount dev-sda.device x.slice dbus.socket\nAfter=t@1.service other.service\n${RUN}`,
      [`${SYSTEM}t@.service`]: RUN,
      [`${SYSTEM}b.service`]: `${RUN}[Install]\nAlias=other.service\n`,
    };
    assert.deepEqual(say(files, path), []);
  });

  it("is said of drop-ins too", () => {
    const dropIn = `${SYSTEM}a.service.d/x.conf`;
    const files = { ...OWN, [path]: RUN, [dropIn]: "[Unit]\nBindsTo=gone.service\nAfter=gone.service\n" };
    assert.deepEqual(say(files, dropIn), [
      "reference/missing-unit [gone.service] BindsTo= names gone.service, but there is no such unit: systemd refuses to start this unit",
    ]);
  });
});

describe("reference/misspelled-unit", () => {
  it("offers the name of the unit beside the file, or of systemd's", () => {
    const files = {
      "a.service": `[Unit]\nAfter=shop-databse.service\n${RUN}[Install]\nWantedBy=mutli-user.target\n`,
      "shop-database.service": RUN,
    };
    const found = foundIn(files, "a.service");
    assert.deepEqual(
      found.map((it) => it.message),
      [
        'Unknown unit "shop-databse.service" in After=; did you mean shop-database.service?',
        'Unknown unit "mutli-user.target" in WantedBy=; did you mean multi-user.target?',
      ],
    );
    const fixed = applyEdits(
      files["a.service"],
      found.flatMap((it) => it.fixes[0]?.edits() ?? []),
    );
    assert.deepEqual(say({ ...files, "a.service": fixed }, "a.service"), []);
  });

  it("leaves alone what is named beside the near name, other numbers, and the unit itself", () => {
    const otherFiles = { "mysqld.service": RUN, "shop1.service": RUN };
    assert.deepEqual(
      say({ ...otherFiles, "a.service": `[Unit]\nAfter=mysql.service mysqld.service\n${RUN}` }, "a.service"),
      [],
    );
    assert.deepEqual(say({ ...otherFiles, "a.service": `[Unit]\nAfter=shop2.service\n${RUN}` }, "a.service"), []);
    assert.deepEqual(
      say({ "mongos.service": RUN, "a.service": `[Unit]\nAfter=mongod.service\n${RUN}` }, "a.service"),
      [],
    );
    assert.deepEqual(say({ "mysqld.service": `[Unit]\nBefore=mysql.service\n${RUN}` }, "mysqld.service"), []);
  });

  it("takes two programs of a whole system for two programs", () => {
    const files = {
      ...OWN,
      [`${SYSTEM}a.service`]: `[Unit]\nAfter=snmpd.service\n${RUN}`,
      [`${SYSTEM}snapd.service`]: RUN,
    };
    assert.deepEqual(say(files, `${SYSTEM}a.service`), []);
  });
});

describe("reference/nothing-to-start", () => {
  const timer = "[Install]\nWantedBy=timers.target\n[Timer]\nOnCalendar=daily\n";

  it("is said of timers, paths and sockets of a whole system", () => {
    const files = {
      ...OWN,
      [`${SYSTEM}a.timer`]: timer,
      [`${SYSTEM}b.path`]: "[Path]\nPathExists=/x\nUnit=gone.service\n",
      [`${SYSTEM}c.socket`]: "[Socket]\nListenStream=1\nAccept=yes\n",
      [`${SYSTEM}d.timer`]: `${timer}Unit=d.target\n`,
      [`${SYSTEM}d.target`]: "[Unit]\n",
    };
    assert.deepEqual(say(files, `${SYSTEM}a.timer`), [
      "reference/nothing-to-start [[Timer]] Missing a.service, which this timer starts by default: systemd refuses to start the timer",
    ]);
    assert.deepEqual(say(files, `${SYSTEM}b.path`), [
      "reference/nothing-to-start [gone.service] Unit= names gone.service, but no such unit exists: systemd refuses to start this path",
    ]);
    assert.deepEqual(say(files, `${SYSTEM}c.socket`), [
      "reference/nothing-to-start [yes] Accept=yes starts an instance of c@.service for each connection, and there is none: every connection fails",
    ]);
    assert.deepEqual(say(files, `${SYSTEM}d.timer`), []);
  });

  it("is said in a package only where the service is there under nearly that name or in the other form", () => {
    assert.deepEqual(say({ "a.timer": timer }, "a.timer"), []);
    const near = { "backup.timer": timer, "backups.service": RUN };
    const [finding] = foundIn(near, "backup.timer");
    assert.equal(
      finding?.message,
      "Missing backup.service, which this timer starts by default; did you mean backups.service? systemd refuses to start the timer",
    );
    assert.equal(applyEdits(timer, finding?.fixes[0]?.edits() ?? []), `${timer}Unit=backups.service\n`);
    const listening = "[Socket]\nListenStream=1\n";
    const [alone] = foundIn({ "mail.socket": listening, "maild.service": RUN }, "mail.socket");
    assert.equal(
      alone?.message,
      "Missing mail.service, which this socket starts; did you mean maild.service? systemd refuses to start the socket",
    );
    assert.equal(applyEdits(listening, alone.fixes[0]?.edits() ?? []), `${listening}Service=maild.service\n`);
    const single = { "e.socket": "[Socket]\nListenStream=1\n", "e@.service": RUN };
    const [other] = foundIn(single, "e.socket");
    assert.equal(
      other?.message,
      "Missing e.service, which this socket starts; e@.service exists, which needs Accept=yes: systemd refuses to start the socket",
    );
    assert.equal(
      applyEdits(single["e.socket"], other?.fixes[0]?.edits() ?? []),
      "[Socket]\nListenStream=1\nAccept=yes\n",
    );
  });
});

describe("reference/ordering-cycle between units", () => {
  const files = {
    "a.service": `[Unit]\nRequires=b.service\nAfter=b.service\n${RUN}`,
    "b.service": `[Unit]\nWants=c.service\nAfter=c.service\n${RUN}`,
    "c.service": `[Unit]\nAfter=a.service\n${RUN}`,
  };

  it("says the way around at each of its lines", () => {
    assert.deepEqual(say(files, "a.service"), [
      "reference/ordering-cycle [b.service] After=b.service creates an ordering cycle: a.service → b.service → c.service → a.service; starting all of them, for example by starting this unit, deletes one of the jobs or fails",
    ]);
    assert.deepEqual(say(files, "c.service"), [
      "reference/ordering-cycle [a.service] After=a.service creates an ordering cycle: c.service → a.service → b.service → c.service; starting all of them, for example by starting a.service, deletes one of the jobs or fails",
    ]);
  });

  it("is not said of units that nothing starts together", () => {
    const loose = {
      "a.service": `[Unit]\nAfter=b.service\n${RUN}`,
      "b.service": `[Unit]\nAfter=a.service\n${RUN}`,
    };
    assert.deepEqual(say(loose, "a.service"), []);
    const enabled = "[Install]\nWantedBy=multi-user.target\n";
    const both = { "a.service": loose["a.service"] + enabled, "b.service": loose["b.service"] + enabled };
    assert.match(say(both, "a.service")[0] ?? "", /by starting multi-user\.target,/);
  });

  it("knows what systemd orders by itself, and offers to do without", () => {
    const early = `[Unit]\nBefore=sysinit.target\n${RUN}`;
    const [finding] = foundIn({ "early.service": early }, "early.service");
    assert.equal(
      finding?.message,
      "Before=sysinit.target creates an ordering cycle (some by default dependencies): early.service → sysinit.target → early.service; starting all of them, for example by starting this unit, deletes one of the jobs or fails",
    );
    const fixed = applyEdits(early, finding?.fixes[0]?.edits() ?? []);
    assert.equal(fixed, `[Unit]\nBefore=sysinit.target\nDefaultDependencies=no\n${RUN}`);
    assert.deepEqual(say({ "early.service": fixed }, "early.service"), []);
    const socket = {
      "f.socket": "[Socket]\nListenStream=1\n",
      "f.service": `[Unit]\nBefore=f.socket\n${RUN}Sockets=f.socket\n`,
    };
    assert.match(say(socket, "f.service")[0] ?? "", /f\.service → f\.socket → f\.service/);
  });

  it("follows an edit of one file, and only where it changes the order", () => {
    const cut = { ...files, "c.service": `[Unit]\n${RUN}` };
    assert.equal(say(files, "a.service").length, 1);
    assert.deepEqual(say(cut, "a.service"), []);
    assert.equal(say({ ...files, "c.service": `${files["c.service"]}User=x\n` }, "a.service").length, 1);
  });

  it("ends on templates that name ever new instances", () => {
    const text = `[Unit]\nAfter=t@%i-x.service\nWants=t@%i-x.service\n${RUN}`;
    assert.deepEqual(say({ "t@.service": text, "a.service": `[Unit]\nAfter=t@1.service\n${RUN}` }, "a.service"), []);
    const pair = {
      "p@.service": `[Unit]\nWants=q@%i.service\nAfter=q@%i.service\n${RUN}`,
      "q@.service": `[Unit]\nAfter=p@%i.service\n${RUN}`,
    };
    assert.match(say(pair, "p@.service")[0] ?? "", /p@\.service → q@\.service → p@\.service/);
  });
});

describe("the name of a mount", () => {
  const text = "[Mount]\nWhat=/dev/sda1\nWhere=/srv/data\n";

  it("is put right by another name of the file, or by the path that it says", () => {
    const [finding] = foundIn({ "mnt-old\\x2dname.mount": text }, "mnt-old\\x2dname.mount");
    const titles = finding?.fixes.map((it) => it.title);
    assert.deepEqual(titles, ["Rename the file to srv-data.mount", "Change to /mnt/old-name"]);
    assert.equal(finding?.fixes[0]?.rename, "srv-data.mount");
    assert.equal(applyEdits(text, finding?.fixes[1]?.edits() ?? []), "[Mount]\nWhat=/dev/sda1\nWhere=/mnt/old-name\n");
    const swap = "[Swap]\nWhat=/dev/sdb2\n";
    const [other] = foundIn({ "swapfile.swap": swap }, "swapfile.swap");
    assert.deepEqual(
      other?.fixes.map((it) => it.title),
      ["Rename the file to dev-sdb2.swap", "Change to /swapfile"],
    );
  });
});

describe("units of a user", () => {
  it("have no targets of the system", () => {
    const path = "usr/lib/systemd/user/a.service";
    const text = `[Unit]\nAfter=network-online.target\n${RUN}[Install]\nWantedBy=graphical.target\n`;
    const found = foundIn({ [path]: text }, path);
    assert.deepEqual(
      found.map(({ severity, message }) => `${severity}: ${message}`),
      [
        "info: After= names network-online.target, which does not exist in the user manager: this unit waits for nothing",
        "warning: WantedBy= names graphical.target, which does not exist in the user manager: nothing starts this unit through it",
      ],
    );
    assert.equal(found[1]?.fixes[0]?.title, "Change to default.target");
  });
});

describe("[Install] among other units", () => {
  it("takes no name from a unit beside the file, and enables no unit that cannot be", () => {
    const files = {
      "a.service": `${RUN}[Install]\nWantedBy=multi-user.target\nAlias=b.service\nAlso=c.socket d.service\n`,
      "b.service": `${RUN}[Install]\nWantedBy=multi-user.target\n`,
      "c.socket": "[Socket]\nListenStream=1\nService=a.service\n",
    };
    assert.deepEqual(say(files, "a.service"), [
      "reference/alias-taken [b.service] Alias= hides the unit file b.service in the same directory: once this unit is enabled, systemd no longer reads that file",
      "reference/also-static [c.socket] Also= names c.socket, which has no [Install] section: it cannot be enabled, and the name has no effect",
    ]);
  });
});
