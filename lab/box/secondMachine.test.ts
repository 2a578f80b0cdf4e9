import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { skip } from "../../test/kit/skip.ts";

const CLI = "/usr/lib/unit-warden-test/cli.js";

/** Opens its log as root, in a directory of another user, and becomes that user. */
const LOGS = `import os, time
log = open("/var/log/logs/log", "a")
os.setgid(1); os.setuid(1)
print("up", file=log, flush=True)
time.sleep(3600)
`;

/** Makes its directory where it is missing, by a relative path, and fills it the first time. */
const KEEPS = `import os, time
os.chdir("/var/lib")
try: os.mkdir("keeps")
except FileExistsError: pass
if not os.path.exists("keeps/db"):
    open("keeps/first", "w").close()
    os.chown("keeps/first", 1, 1)
    os.rename("keeps/first", "keeps/db")
time.sleep(3600)
`;

/** Makes its directory only where there is none, and takes one that it did not make for full. */
const FILLS = `import os, time
if not os.path.exists("/var/lib/fills"):
    os.mkdir("/var/lib/fills")
    open("/var/lib/fills/db", "w").close()
open("/var/lib/fills/db").close()
time.sleep(3600)
`;

/** Keeps what it writes in a folder whose name holds more than that of the instance. */
const INSTANCES = `[Service]
ExecStart=/bin/sh -c "while :; do date >/srv/%i-data/now || exit 1; sleep 0.1; done"
`;

/** The state of a service with all that a copy may lose. */
const STATE = "find /var/lib/keeps -printf '%p %y %m %U:%G %s %n %T@\\n' | sort; cat /var/lib/keeps/precious";

/** What is left of a run anywhere. */
const LEFT =
  "find /run/unit-warden /run/systemd/system /var/lib/unit-warden/learn /etc/systemd/system -mindepth 1 -name '*unit-warden*' ! -name '50-*'; find /var/lib /var/log -maxdepth 1 -name '.*'; ls /var/lib/unit-warden/learn";

describe(`what another machine needs${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };
  const journal = (unit: string): string => inside().run("journalctl", "-u", unit, "-o", "cat").output;
  const starts = (unit: string): void => {
    const { run } = inside();
    assert.equal(run("systemctl", "restart", unit).status, 0, journal(unit));
    run("sleep", "0.5");
    assert.equal(run("systemctl", "is-active", unit).output, "active\n", journal(unit));
  };

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test");
    box.put(CLI, program);
    for (const [name, text] of Object.entries({ logs: LOGS, keeps: KEEPS, fills: FILLS })) {
      box.put(`/usr/lib/unit-warden-test/${name}.py`, text);
      const start = `ExecStart=/usr/bin/python3 /usr/lib/unit-warden-test/${name}.py`;
      box.put(`/etc/systemd/system/${name}.service`, `[Service]\n${start}\n`);
    }
    box.put("/etc/systemd/system/many@.service", INSTANCES);
    box.run("systemctl", "daemon-reload");
    box.run("sh", "-c", "mkdir -p /var/log/logs; touch /var/log/logs/log; chown 1:1 /var/log/logs");
    box.run("systemctl", "start", "logs", "keeps", "fills");
    box.run(
      "sh",
      "-c",
      "sleep 1; echo precious >/var/lib/keeps/precious; ln /var/lib/keeps/precious /var/lib/keeps/link",
    );
  });
  after(() => box?.stop());

  it("starts after its log was rotated away", () => {
    const { run } = inside();
    const learnt = run("node", CLI, "learn", "logs", "--yes", "--verify", "--no-fresh", "--write");
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(
      learnt.output,
      /CAP_DAC_OVERRIDE: open \/var\/log\/logs\/log in \/var\/log\/logs \(mode 755, owner 1\)/,
    );
    starts("logs");
    run("sh", "-c", "systemctl stop logs; mv /var/log/logs/log /var/log/logs/log.1");
    starts("logs");
  });

  it("starts where its state is missing, which is put back exactly", () => {
    const { run } = inside();
    const state = run("sh", "-c", STATE).output;
    assert.match(state, /precious/);
    const learnt = run("node", CLI, "learn", "keeps", "--yes", "--verify", "--exercise", "true", "--write");
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.errors, /as on a new machine: \/var\/lib\/keeps missing\n/, "it is the default in a container");
    assert.match(learnt.output, /proven +StateDirectory=keeps: .*the service makes it where it is missing/);
    assert.match(learnt.output, /CAP_CHOWN: chown \/var\/lib\/keeps\/first to 1:1/);
    assert.doesNotMatch(learnt.output, /first start on a new machine/);
    assert.equal(run("sh", "-c", STATE).output, state);
    assert.equal(run("sh", "-c", LEFT).output, "");
    run("sh", "-c", "systemctl stop keeps; rm -r /var/lib/keeps");
    starts("keeps");
    assert.match(run("ls", "-n", "/var/lib/keeps/db").output, / 1 1 /);
  });

  it("is proven of what days have shown, too", () => {
    const { run } = inside();
    const learnt = "/etc/systemd/system/keeps.service.d";
    run("sh", "-c", `rm -r ${learnt}; systemctl daemon-reload; touch /var/lib/keeps/precious; systemctl restart keeps`);
    const state = run("sh", "-c", STATE).output;
    assert.equal(run("node", CLI, "learn", "start", "keeps", "--yes").status, 0);
    const ended = run("node", CLI, "learn", "stop", "keeps", "--verify", "--exercise", "true", "--write");
    assert.equal(ended.status, 0, ended.errors);
    assert.match(
      ended.errors,
      /where it keeps state, logs or caches, it is also observed and proven as on a new machine/,
    );
    assert.match(ended.errors, /as on a new machine: \/var\/lib\/keeps missing\n/);
    assert.match(ended.output, /proven +StateDirectory=keeps: .*the service makes it where it is missing/);
    assert.match(ended.output, /CAP_CHOWN: chown \/var\/lib\/keeps\/first to 1:1/);
    assert.equal(run("sh", "-c", STATE).output, state);
    assert.equal(run("sh", "-c", LEFT).output, "");
    run("sh", "-c", "systemctl stop keeps; rm -r /var/lib/keeps");
    starts("keeps");
  });

  it("loosens what keeps a service from its first start", () => {
    const { run } = inside();
    const learnt = run("node", CLI, "learn", "fills", "--yes", "--verify", "--exercise", "true", "--fresh", "--write");
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.output, /proven +ReadWritePaths=-\/var\/lib: /, learnt.errors);
    run("sh", "-c", "systemctl stop fills; rm -r /var/lib/fills");
    starts("fills");
  });

  it("is proven as another instance of its template", () => {
    const { run } = inside();
    run("mkdir", "-p", "/srv/one-data", "/srv/two-data");
    const ask = ["--exercise", "sleep 1; test -s /srv/one-data/now"];
    const learnt = run("node", CLI, "learn", "many@one", "--yes", "--verify", "--write", "--instance", "two", ...ask);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.errors, /exercising it after the start: sleep 1; test -s \/srv\/two-data\/now\n/);
    assert.match(learnt.output, /proven +ReadWritePaths=-\/srv\/two-data: loosened/, learnt.errors);
    assert.equal(run("systemctl", "is-active", "many@two").output, "inactive\n");
    run(
      "sh",
      "-c",
      "mv /etc/systemd/system/many@one.service.d /etc/systemd/system/many@.service.d; systemctl daemon-reload",
    );
    starts("many@two");
  });

  for (const [how, watchdog] of [
    ["killed", false],
    ["killed together with who watches over it, and the machine starts again", true],
  ] as const)
    it(`has its state back where the run is ${how}`, () => {
      const { run } = inside();
      const prepare =
        "rm -rf /etc/systemd/system/keeps.service.d; echo precious >/var/lib/keeps/precious; systemctl daemon-reload; systemctl restart keeps";
      run("sh", "-c", prepare);
      const state = run("sh", "-c", STATE).output;
      const kill = `node ${CLI} learn keeps --yes --verify --exercise 'sleep 1' 2>/tmp/said & pid=$!
for i in $(seq 300); do [ -e /tmp/said ] && grep -q 'keeps missing' /tmp/said && [ ! -e /var/lib/keeps/precious ] && break; sleep 0.05; done
[ ! -e /var/lib/keeps/precious ] || exit 7`;
      const ends = watchdog
        ? `systemctl kill -s KILL 'unit-warden-put-back*'; kill -9 $pid; wait $pid
systemctl stop keeps; rm -rf /run/unit-warden /run/systemd/system/keeps.service.d; systemctl daemon-reload; systemctl start keeps`
        : `kill -9 $pid; wait $pid
for i in $(seq 200); do systemctl is-active --quiet 'unit-warden-put-back*' || break; sleep 0.1; done`;
      const killed = run("sh", "-c", `${kill}\n${ends}`);
      assert.equal(killed.status, 0, run("cat", "/tmp/said").output);
      assert.equal(run("sh", "-c", STATE).output, state);
      assert.equal(run("systemctl", "is-active", "keeps").output, "active\n");
      const left = run("sh", "-c", LEFT).output;
      // Its logs are of no use, and go with the next run.
      if (!watchdog) assert.equal(left, "");
      assert.doesNotMatch(left, /state/);
    });
});
