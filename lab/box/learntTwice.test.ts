import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";

const CLI = "/usr/lib/unit-warden-test/cli.js";

/** A server whose files, sockets, ports and their number are others each time. */
const SERVER = `import os, random, socket, subprocess, tempfile
pid = os.getpid()
os.makedirs("/var/lib/varied", exist_ok=True)
os.makedirs("/run/varied", exist_ok=True)
open(f"/run/varied.{pid}.pid", "w").write(str(pid))
for i in range(random.randint(1, 9)):
    open(f"/var/lib/varied/session-{random.getrandbits(64):016x}.db", "w").write("x" * i)
for i in range(random.randint(1, 4)):
    handle, path = tempfile.mkstemp(prefix="varied-")
    os.close(handle)
    os.unlink(path)
control = socket.socket(socket.AF_UNIX)
control.bind(f"/run/varied/control.{pid}")
server = socket.socket()
while True:
    try:
        server.bind(("127.0.0.1", random.randint(33000, 60000)))
        break
    except OSError:
        pass
server.listen()
open(f"/proc/{os.getppid()}/comm").read()
subprocess.run(["/bin/true"])
open("/var/lib/varied/port.new", "w").write(str(server.getsockname()[1]))
os.rename("/var/lib/varied/port.new", "/var/lib/varied/port")
while True:
    peer, _ = server.accept()
    open(f"/var/lib/varied/{random.getrandbits(32):08x}", "w").write("asked")
    peer.sendall(b"here")
    peer.close()
`;
const SERVER_UNIT = "[Service]\nType=exec\nExecStart=/usr/bin/python3 /usr/local/lib/varied.py\n";
const ASK = `python3 -c '
import socket, time
for i in range(60):
    try:
        s = socket.create_connection(("127.0.0.1", int(open("/var/lib/varied/port").read())))
        assert s.recv(9) == b"here"
        break
    except Exception:
        time.sleep(0.2)
else:
    exit(1)'`;

import { skip } from "../../test/kit/skip.ts";

/** A daemon that forks, and works in a directory of a random name with files named after its process. */
const DAEMON_UNIT = `[Service]
Type=forking
PIDFile=/run/forked.pid
ExecStart=/bin/sh /usr/local/lib/forked.sh
`;
const DAEMON = `mkdir -p /var/spool/forked
(
  work=$(mktemp -d /var/spool/forked/job.XXXXXXXX)
  while :; do
    sh -c 'echo "$$" >"$1/$$.lock"; date >"$1/out-$(date +%s)"; rm "$1/$$.lock"' sh "$work"
    sleep 0.1
  done
) </dev/null >/dev/null 2>&1 &
echo $! >/run/forked.pid
`;

describe(`learning an unchanged service twice${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };
  const run = (line: string): string => {
    const { output, status } = inside().run("sh", "-c", line);
    assert.equal(status, 0, `${line}: ${output}`);
    return output;
  };

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test", "/usr/local/lib");
    box.put(CLI, program);
    box.put("/usr/local/lib/varied.py", SERVER);
    box.put("/usr/local/lib/forked.sh", DAEMON);
    box.put("/etc/systemd/system/varied.service", SERVER_UNIT);
    box.put("/etc/systemd/system/forked.service", DAEMON_UNIT);
    // On a first start, directories are made that are there later.
    run("systemctl daemon-reload && systemctl start varied forked && sleep 1");
  });
  after(() => box?.stop());

  for (const [unit, exercise] of [
    ["varied.service", ASK],
    ["forked.service", "sleep 0.5"],
  ] as const)
    it(`changes nothing in what reviewers read about ${unit}, from nothing and on top`, () => {
      const folder = `/etc/systemd/system/${unit}.d`;
      const learnt = (): Record<"reviewed" | "needs" | "dropIn", string> => {
        box?.put("/exercise", exercise);
        run(
          `node ${CLI} learn ${unit} --verify --write --yes --exercise 'sh /exercise' >/report 2>/said || { cat /said /report; exit 1; }`,
        );
        return {
          reviewed: run(`cat ${folder}/${unit}.learnt.json`),
          needs: run(`cat ${folder}/${unit}.needs.json`),
          dropIn: run(`cat ${folder}/50-unit-warden-learnt.conf`),
        };
      };
      const first = learnt();
      assert.match(first.reviewed, /"grade":"proven"/);
      const pid = run(`cat /report /said; systemctl show -P MainPID ${unit}`).trim();
      assert.match(pid, /\d+$/);
      run(`rm -r ${folder} && systemctl daemon-reload && systemctl restart ${unit} && sleep 0.5`);
      const second = learnt();
      assert.equal(second.reviewed, first.reviewed);
      assert.equal(second.dropIn, first.dropIn);
      const third = learnt();
      assert.equal(third.reviewed, second.reviewed);
      assert.equal(third.dropIn, second.dropIn);
      assert.equal(third.needs, second.needs);
      assert.match(
        run("cat /said"),
        /^unit-warden: nothing was seen that was not known: what was learnt stays as it is$/m,
      );
    });
});
