import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

/** The command line as the sources have it. */
const CLI = "/usr/lib/unit-warden-test/cli.js";

/** A user manager without a login, of which the box has none. */
const MANAGER = `[Service]
User=tester
Type=notify
ExecStart=/usr/lib/systemd/systemd --user
Delegate=yes
Environment=XDG_RUNTIME_DIR=/run/user/1234
KillMode=mixed
`;

const SERVICE = `[Service]
ExecStart=/bin/sh -c "while :; do date >%h/data/now; sleep 0.1; done"
ExecReload=/bin/true
`;

/** Asks for what the service writes, as long as a busy machine needs under strace. */
const ASK =
  "rm -f /home/tester/data/now; for i in $(seq 300); do test -s /home/tester/data/now && exit; sleep 0.1; done; exit 1";

const UNITS = "/home/tester/.config/systemd/user";

describe(`learning a service of a user${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };
  const asUser = (...command: readonly string[]) =>
    inside().run(
      ...["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups", "env", "-i", "PATH=/usr/bin:/bin"],
      ...["HOME=/home/tester", "XDG_RUNTIME_DIR=/run/user/1234", ...command],
    );
  const state = (): string =>
    asUser("systemctl", "--user", "show", "-p", "ActiveState,DropInPaths,NeedDaemonReload", "w.service").output;

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run(
      "sh",
      "-c",
      "echo tester:x:1234:1234::/home/tester:/bin/sh >>/etc/passwd; echo tester:x:1234: >>/etc/group",
    );
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test", UNITS, "/home/tester/data", "/run/user/1234");
    box.put(CLI, program);
    box.put(`${UNITS}/w.service`, SERVICE);
    box.put("/etc/systemd/system/um.service", MANAGER);
    box.run("chown", "-R", "tester:tester", "/home/tester", "/run/user/1234");
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "start", "um.service");
    asUser("systemctl", "--user", "start", "w.service");
  });
  after(() => box?.stop());

  it("learns, proves and writes its settings as that user, and puts it back", () => {
    const before = state();
    assert.match(before, /ActiveState=active/);
    const learnt = asUser("node", CLI, "learn", "--user", "w", "--verify", "--write", "--yes", "--exercise", ASK);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.errors, /a drop-in lies below \/run\/user\/1234\/systemd\/user until then/);
    assert.match(learnt.output, /proven +NoNewPrivileges=yes/);
    assert.match(
      learnt.output,
      /proven +ProtectSystem=strict: .*needs a user namespace, which not every machine allows/,
    );
    assert.match(learnt.output, /refused ProtectProc=invisible: has no effect in a user unit: only the system manager/);
    assert.equal(state().replace(/DropInPaths=.*/, ""), before.replace(/DropInPaths=.*/, ""));
    const { output } = inside().run(
      "find",
      "/run/user/1234/systemd",
      "/run/user/1234/unit-warden",
      "/home/tester",
      "-path",
      "*warden*",
      "-type",
      "f",
    );
    const left = output
      .trim()
      .split("\n")
      .filter((it) => !it.endsWith(".lock"));
    assert.deepEqual(left, [`${UNITS}/w.service.d/50-unit-warden-learnt.conf`], output);
    assert.equal(asUser("systemctl", "--user", "restart", "w.service").status, 0);
    assert.equal(asUser("sh", "-c", ASK).status, 0);
  });

  it("tries settings on it as that user, keeps what works, and puts it back", () => {
    asUser("sh", "-c", `rm -r ${UNITS}/w.service.d; systemctl --user daemon-reload; systemctl --user restart w`);
    const before = state();
    inside().put(
      "/home/tester/d.conf",
      "[Service]\nProtectSystem=strict\nProtectHome=tmpfs\nNoNewPrivileges=yes\nLockPersonality=yes\n",
    );
    const words = ["try", "--user", "w", "--yes", "--drop-in", "/home/tester/d.conf", "--exercise", ASK];
    const tried = asUser("node", CLI, ...words);
    assert.match(tried.errors, /in a drop-in below \/run\/user\/1234\/systemd\/user\n/);
    assert.match(tried.output, /^NoNewPrivileges=yes$/m, tried.errors);
    assert.match(tried.output, /^BindPaths=\/home\/tester\/data$/m);
    assert.match(tried.errors, /w\.service is as it was/);
    assert.equal(state(), before);
    const kept = asUser("node", CLI, ...words, "--write");
    assert.match(kept.output, new RegExp(`kept in ${UNITS}/w.service.d/50-unit-warden.conf`), kept.errors);
    assert.equal(asUser("systemctl", "--user", "restart", "w.service").status, 0);
    assert.equal(asUser("sh", "-c", ASK).status, 0);
    asUser("sh", "-c", `rm -r ${UNITS}/w.service.d; systemctl --user daemon-reload; systemctl --user restart w`);
  });

  it("leaves it as it was when it is killed", () => {
    const before = state();
    const learn = `node ${CLI} learn --user w --yes --for 60s 2>/tmp/said & pid=$!`;
    const wait =
      "until grep -q 'exercising\\|restarting' /tmp/said; do sleep 0.1; done; sleep 2; kill -KILL $pid; wait $pid";
    const gone =
      "while systemctl --user list-units --plain --no-legend --all 'unit-warden-put-back*' | grep -q .; do sleep 0.1; done";
    asUser("bash", "-c", `${learn}; ${wait}; ${gone}`);
    assert.equal(state(), before);
    assert.equal(asUser("find", "/run/user/1234/systemd/user", "-name", "*warden*").output, "");
  });

  it("tells root of a service of users how to learn it", () => {
    inside().run("cp", `${UNITS}/w.service`, "/etc/systemd/user/w.service");
    const { status, errors } = inside().run("node", CLI, "learn", "w.service", "--yes");
    assert.equal(status, 2);
    assert.match(errors, /w\.service is a service of the user manager: add --user, and run this as that user/);
  });
});
