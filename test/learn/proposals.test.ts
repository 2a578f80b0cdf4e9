import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { PathStatus } from "../../server/src/learn/bundle.ts";
import type { RunHost } from "../../server/src/learn/host.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { LearntSetting } from "../../server/src/learn/learnt.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { provenUser, userToProve } from "../../server/src/learn/proof.ts";
import type { SearchResult } from "../../server/src/learn/trial/trial.ts";
import { withServiceLines } from "../../server/src/learn/withServiceLines.ts";
import { effective } from "../../server/src/security/effective.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";
import { lineText, needsOf, refusedIn, serviceOf, sight, uses } from "./kit.ts";

const status = (mode: number, uid = 0, gid = 0): PathStatus => ({ mode, uid, gid, capabilities: false, real: "" });

const HOST: RunHost = {
  users: ["food:106:107"],
  groups: ["ssl:110:food", "wheel:10:root"],
  statuses: new Map([
    ["/etc/food.conf", status(0o100644)],
    ["/etc/ssl/key", status(0o100640, 0, 110)],
    ["/etc/food.key", status(0o100640, 0, 10)],
    ["/var/log/food", status(0o040755)],
    ["/var/lib/food", status(0o040755, 106, 107)],
    ["/var/lib/food/db", status(0o100644, 106, 107)],
  ]),
};

/** A daemon that starts as root, binds port 80, and becomes food. */
const DROPPING: Partial<Needs> = {
  users: { "106": sight(20) },
  groups: { "107": sight(19) },
  families: { AF_INET: sight(10) },
  capabilities: {
    CAP_NET_BIND_SERVICE: { sight: sight(11), reason: "bind to port 80" },
    CAP_SETUID: { sight: sight(20), reason: "become user 106" },
  },
  syscalls: { setresuid: { sight: sight(20), failed: {} }, setgroups: { sight: sight(18), failed: {} } },
  paths: {
    "/etc/food.conf": uses(1, "read"),
    "/etc/ssl/key": uses(2, "read"),
    "/var/lib/food/db": uses(3, "write"),
    "/var/log/food/log": uses(4, "make", "write"),
    "/usr/lib/libc.so.6": uses(1, "read", "map"),
    "/srv/www/index.html": uses(5, "read"),
  },
};

const ofPart = (needs: Partial<Needs>, part: LearntSetting["part"], lines?: readonly string[], host = HOST) =>
  learn(needsOf(needs), serviceOf(lines), { host }).settings.filter((it) => it.part === part);

describe("the proposal of a user", () => {
  it("starts the daemon as the user that it becomes, with what that user needs", () => {
    assert.deepEqual(ofPart(DROPPING, "user").map(lineText), [
      "User=food",
      "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
      "AmbientCapabilities=CAP_NET_BIND_SERVICE",
      "LogsDirectory=food",
      "RemoveIPC=yes",
      "SystemCallFilter=@system-service",
      "SystemCallFilter=~@privileged @resources",
    ]);
  });

  it("keeps the mode of directories that it is given, and what was in /run before", () => {
    const folder = (mode: number) => status(0o040000 | mode);
    const statuses = new Map([
      ...HOST.statuses,
      ["/var/log/food", folder(0o2750)] as const,
      ["/run/food", folder(0o755)] as const,
    ]);
    const paths = { ...DROPPING.paths, "/run/food/pid": uses(9, "make") };
    const lines = ofPart({ ...DROPPING, paths }, "user", undefined, { ...HOST, statuses }).map(lineText);
    const directories = lines.filter((it) => /Directory/.test(it));
    assert.deepEqual(directories, [
      ...["RuntimeDirectory=food", "LogsDirectory=food", "RuntimeDirectoryPreserve=yes", "LogsDirectoryMode=02750"],
    ]);
    const declared = ["ExecStart=/usr/bin/food", "LogsDirectory=other", "RuntimeDirectoryPreserve=restart"];
    const kept = ofPart({ ...DROPPING, paths }, "user", declared, { ...HOST, statuses }).map(lineText);
    assert.ok(!kept.some((it) => /Mode|Preserve/.test(it)), kept.join("\n"));
  });

  it("is refused where only root can read a file, with the line", () => {
    const paths = { ...DROPPING.paths, "/etc/food.key": uses(7, "read") };
    assert.deepEqual(refusedIn(ofPart({ ...DROPPING, paths }, "user")), [
      "User: reads /etc/food.key, which its mode 640 keeps for root",
    ]);
  });

  it("is refused where it writes what stays root's, and says what a PID file would take", () => {
    const paths = { "/run/food.pid": uses(9, "make", "write") };
    const lines = ["ExecStart=/usr/bin/food", "PIDFile=/run/food.pid"];
    assert.deepEqual(refusedIn(ofPart({ ...DROPPING, paths }, "user", lines)), [
      "User: writes /run/food.pid, which root owns; it would do with a PID file below RuntimeDirectory=, in its configuration and in PIDFile=",
    ]);
  });

  it("is refused where it becomes nobody or several", () => {
    assert.deepEqual(refusedIn(ofPart({}, "user")), ["User: all its processes stay root"]);
    const users = { "106": sight(20), "107": sight(21) };
    assert.deepEqual(refusedIn(ofPart({ ...DROPPING, users }, "user")), ["User: it becomes 2 users: 106 and 107"]);
  });

  it("is not made for a service that has a user", () => {
    assert.deepEqual(ofPart(DROPPING, "user", ["User=food", "ExecStart=/usr/bin/food"]), []);
  });

  it("is tried as one, with a second form for calls and a third for daemons that insist on their groups", () => {
    const { settings } = learn(needsOf(DROPPING), serviceOf(), { host: HOST });
    const [whole, ...rest] = userToProve(settings) ?? [];
    assert.deepEqual(whole?.lines.slice(0, 2), ["User=food", "CapabilityBoundingSet=CAP_NET_BIND_SERVICE"]);
    const [calls] = whole?.weaker ?? [];
    const groups = whole?.weaker.at(-1);
    assert.ok(calls?.includes("SystemCallFilter=@setuid"));
    assert.ok(groups?.includes("SystemCallFilter=@setuid"));
    assert.ok(groups?.includes("AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_SETGID"));
    assert.ok(rest.some(({ lines }) => lines.includes("ProtectSystem=strict")));
    assert.ok(rest.every(({ lines }) => !lines.some((it) => whole?.lines.includes(it))));
    assert.equal(userToProve(learn(needsOf(), serviceOf(), { host: HOST }).settings), undefined);
  });

  it("has its directories in /run made again, which a reboot takes away", () => {
    const statuses = new Map([...HOST.statuses, ["/run", status(0o040755)], ["/run/food", status(0o040740, 106, 0)]]);
    const mkdir = { used: {}, failed: { EEXIST: sight(3) }, made: [], names: [] };
    const paths = { ...DROPPING.paths, "/run/food": mkdir, "/run/food/pid": uses(6, "make", "write") };
    const lines = ofPart({ ...DROPPING, paths }, "user", undefined, { ...HOST, statuses }).map(lineText);
    assert.deepEqual(
      lines.filter((it) => it.startsWith("Runtime")),
      ["RuntimeDirectory=food", "RuntimeDirectoryMode=0740", "RuntimeDirectoryPreserve=yes"],
    );
    assert.ok(lines.includes("User=food"), lines.join("\n"));
  });

  for (const [what, path, use, status_] of [
    ["directory for others", "/run/food", "failed", status(0o040750, 106, 8)],
    ["file", "/run/food.state", "change", status(0o100644, 106, 107)],
    ["directory with an odd name", "/run/food@a", "failed", status(0o040750, 106, 107)],
    ["directory of locks", "/run/lock/food", "failed", status(0o040750, 106, 107)],
  ] as const)
    it(`is refused where root makes a ${what} straight in /run for it, which a reboot takes away`, () => {
      const statuses = new Map([
        ...HOST.statuses,
        ["/run", status(0o040755)] as const,
        ["/run/lock", status(0o040755)] as const,
        [path, status_] as const,
      ]);
      const mkdir = { used: {}, failed: { EEXIST: sight(3) }, made: [], names: [] };
      const made = use === "failed" ? mkdir : uses(3, use);
      const within = what === "file" ? {} : { [`${path}/pid`]: uses(6, "make", "write") };
      const paths = { ...DROPPING.paths, [path]: made, ...within };
      assert.deepEqual(refusedIn(ofPart({ ...DROPPING, paths }, "user", undefined, { ...HOST, statuses })), [
        `User: makes ${path}, which only root can do again after a reboot`,
      ]);
      const others = { ...DROPPING.paths, ...within };
      if (what !== "file" && !path.includes("@"))
        assert.deepEqual(
          refusedIn(ofPart({ ...DROPPING, paths: others }, "user", undefined, { ...HOST, statuses })),
          [],
          "what it does not make itself is there again",
        );
    });

  it("is proven as what held, or refused as a whole", () => {
    const { settings } = learn(needsOf(DROPPING), serviceOf(), { host: HOST });
    const tried = userToProve(settings) ?? [];
    const result = (first: readonly string[]): SearchResult => ({
      setup: [],
      settings: tried.map((it, i) => ({ outcome: "held", lines: i === 0 ? first : it.lines, reason: "a call fails" })),
      tries: 1,
    });
    const lines = (first: readonly string[]) =>
      learntAddition(serviceOf(), provenUser(settings, tried, result(first)), { user: true }).lines;
    const wide = lines(tried[0]?.weaker.at(-1) ?? []);
    assert.ok(wide.includes("User=food"));
    assert.ok(wide.includes("AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_SETGID"));
    assert.ok(!wide.includes("AmbientCapabilities=CAP_NET_BIND_SERVICE"));
    assert.ok(!lines([]).includes("User=food"));
    assert.ok(lines([]).includes("CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID"));
  });
});

describe("the proposal of an empty root", () => {
  it("binds what was read, written and declared, in few words", () => {
    const [, , read, written] = ofPart(DROPPING, "root").map(lineText);
    assert.match(
      read ?? "",
      /^BindReadOnlyPaths=\/usr -\/bin -\/sbin -\/lib -\/lib64 -\/etc\/food\.conf -\/etc\/group /,
    );
    assert.match(read ?? "", / -\/etc\/ssl -\/srv\/www -\/run\/systemd\/resolve /);
    assert.doesNotMatch(read ?? "", /libc|\/var/);
    assert.equal(written, "BindPaths=-/var/lib/food -/var/log/food");
    const paths = { "/opt/food/lib/a": uses(2, "read") };
    const own = ofPart({ paths }, "root", ["ExecStart=/opt/food/bin/food"]).map(lineText).join("\n");
    assert.deepEqual(own.match(/\S*\/opt\S*/g), ["/opt/food"]);
  });

  it("binds paths with blanks in quotes, and is refused for a path with quotes of its own", () => {
    const paths = { "/srv/My Files 5%/a": uses(1, "write"), "/opt/b: c/d": uses(2, "read") };
    const lines = ofPart({ paths }, "root").map(lineText);
    assert.ok(lines.includes('BindPaths="-/srv/My Files 5%%"'), lines.join("\n"));
    assert.ok(
      lines.some((it) => it.includes(' "-/opt/b: c" ')),
      lines.join("\n"),
    );
    assert.deepEqual(refusedIn(ofPart({ paths: { "/srv/it's/a": uses(9, "write") } }, "root")), [
      "RootDirectory: writes /srv/it's, which systemd cannot be told in BindPaths=",
    ]);
  });

  it("is refused where a file lies straight in a folder of all", () => {
    assert.deepEqual(refusedIn(ofPart({ paths: { "/run/food.pid": uses(9, "make") } }, "root")), [
      "RootDirectory: writes /run/food.pid straight in /run",
    ]);
  });
});

describe("what is added to a unit", () => {
  const lines = ["ExecStart=/usr/bin/food", "CapabilityBoundingSet=CAP_SETUID CAP_SYS_NICE CAP_NET_BIND_SERVICE"];
  const unit = serviceOf(lines);
  const { settings } = learn(needsOf(DROPPING), unit, { host: HOST });

  it("takes a list of the unit back before it allows less", () => {
    const { lines: added } = learntAddition(unit, settings);
    const at = added.indexOf("CapabilityBoundingSet=");
    assert.equal(added[at + 1], "CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID");
  });

  it("has its headings in a drop-in", () => {
    const { dropIn } = learntAddition(unit, settings, { user: true });
    const head = /^\[Service\]\n# User\n# seen: .*\nUser=food\n\n# File system\n# seen: .*\nProtectSystem=strict\n/;
    assert.match(dropIn, head);
    assert.ok(!dropIn.includes("ReadWritePaths=-/var/log/food"));
    assert.equal(learntAddition(unit, []).dropIn, "");
  });

  for (const parts of [{}, { user: true }, { root: true }, { user: true, root: true }])
    it(`lets systemd load the unit with ${JSON.stringify(parts)}`, function () {
      const { lines: added, dropIn } = learntAddition(unit, settings, parts);
      assert.equal(effective(withServiceLines(unit, added)).refusal, undefined);
      if (MACHINE_VERSION === undefined) return skip(this, "there is no systemd-analyze of a known version");
      const files = {
        "food.service": `[Service]\nType=oneshot\nExecStart=/bin/true\n`,
        "food.service.d/50-learnt.conf": dropIn,
      };
      assert.deepEqual(
        verify("food.service", files, { LC_ALL: "C.UTF-8" }).filter((it) => it !== ""),
        [],
      );
    });
});

describe("services of which nothing is learnt", () => {
  it("are those that do work for others, by what they run and by what they did", () => {
    const reason = (needs: Partial<Needs>, command: string) =>
      learn(needsOf(needs), serviceOf([`ExecStart=${command}`])).refused;
    assert.match(reason({}, "/usr/sbin/sshd -D") ?? "", /^It opens sessions/);
    assert.match(reason({}, "/usr/sbin/cron -f") ?? "", /^It runs jobs of others/);
    assert.match(reason({}, "/usr/sbin/atd -f") ?? "", /^It runs jobs of others/);
    assert.match(reason({}, "/usr/sbin/anacron -d") ?? "", /^It runs jobs of others/);
    assert.match(reason({}, "/usr/sbin/agetty tty1") ?? "", /^It opens sessions/);
    assert.match(reason({}, "/usr/sbin/lightdm") ?? "", /^It (?:opens sessions|starts the programs of its users)/);
    assert.match(reason({}, "/usr/lib/postfix/sbin/master") ?? "", /^It delivers mail/);
    assert.equal(reason(DROPPING, "/usr/bin/food"), undefined);
    const users = { "1": sight(5), "2": sight(6), "3": sight(7) };
    assert.equal(
      reason({ users }, "/usr/bin/food"),
      "It becomes several users and works for them; a run cannot show all that they ask for",
    );
  });

  it("are those of which nothing ran, as where a condition does not hold", () => {
    const reason = (logs: readonly string[] | undefined, lines = ["ExecStart=/usr/bin/food"]) =>
      learn(needsOf(logs && { logs }), serviceOf(lines)).refused;
    assert.match(reason([]) ?? "", /^Nothing of ExecStart= was observed/);
    assert.match(reason(["ExecCondition"]) ?? "", /^Nothing of ExecStart= was observed/);
    assert.equal(reason(["ExecStart-2"]), undefined);
    assert.equal(reason(undefined), undefined, "what an older version wrote says nothing of logs");
    assert.equal(reason(["ExecStop"], ["ExecStart=+/usr/bin/food", "ExecStop=/bin/true"]), undefined);
  });

  it("have no settings, and keep what they needed", () => {
    const { settings, needs } = learn(needsOf(DROPPING), serviceOf(["ExecStart=/usr/sbin/sshd -D"]));
    assert.deepEqual(settings, []);
    assert.ok(needs.paths["/etc/food.conf"]);
  });
});

describe("what no run can show", () => {
  it("is said: other requests, exercise, commands without a log, unread lines", () => {
    const unread = { lines: 2, first: "?" };
    const lines = ["ExecStart=/usr/bin/food", "ExecReload=/bin/kill -HUP $MAINPID"];
    const { unknown } = learn(needsOf({ ...DROPPING, unread }), serviceOf(lines), { host: HOST });
    assert.ok(unknown.some((it) => it === "What the service does at other times or on other requests."));
    assert.ok(unknown.some((it) => it.startsWith("Nothing was asked of the service")));
    const uring = (sight_: ReturnType<typeof sight> | undefined) =>
      learn(needsOf({ syscalls: { io_uring_setup: { sight: sight_, failed: { EPERM: sight(3) } } } }), serviceOf())
        .unknown;
    assert.ok(uring(sight(3)).some((it) => it.includes("io_uring")));
    assert.ok(!uring(undefined).some((it) => it.includes("io_uring")));
    assert.ok(unknown.includes("Of ExecReload= nothing was observed."));
    assert.ok(unknown.includes("Some lines of the logs could not be read."));
    assert.ok(unknown.some((it) => it.startsWith("Whether the service could start as a user")));
  });
});
