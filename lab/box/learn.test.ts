import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { putBackPath, putBackScript } from "../../server/src/cli/putBackScript.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";

/** The command line as the sources have it. */
const CLI = "/usr/lib/unit-warden-test/cli.js";

/** A server of files that makes one of its own when it starts and another one when it is reloaded. */
const SERVER = `[Unit]
Description=Serves files
[Service]
ExecStartPre=/bin/mkdir -p /var/lib/served
ExecStart=@/usr/bin/python3 "my server" -m http.server 8765 --directory /var/lib/served
ExecReload=/bin/touch /var/lib/served/reloaded
ExecStop=/bin/kill $MAINPID
`;

const WAITER = `[Service]
Type=exec
ExecStart=/bin/sleep 3600
ExecReload=/bin/true
`;

/** Each instance keeps what it writes to itself. */
const INSTANCES = `[Service]
ExecStart=/bin/sh -c "while :; do date >/var/lib/i-%i/now; date >/srv/%i/now; sleep 0.1; done"
`;

/** Ends where it is traced, and is started again and again. */
const UNTRACED = `[Unit]
StartLimitIntervalSec=0
[Service]
Restart=always
RestartSec=100ms
ExecStart=/bin/sh -c "sleep 1; grep -q 'TracerPid:.0$' /proc/self/status || exit 7; exec sleep 3600"
`;

/** Opens its log as root and becomes another user. */
const DROPPING = `[Service]
ExecStart=/usr/bin/python3 -c "import os, time; log = open('/var/log/u/log', 'a'); os.getuid() or (os.setgid(1), os.setuid(1)); print('up', file=log, flush=True); time.sleep(3600)"
`;

/** Reads a file of root by a program with the set-user-ID bit. */
const HELPED = `[Service]
User=daemon
ExecStart=/bin/sh -c "while :; do /usr/local/bin/read-shadow >/run/helped/new && mv /run/helped/new /run/helped/now; sleep 0.1; done"
RuntimeDirectory=helped
`;

/** Does not even start without the rights of such a program. */
const HELPED_TO_START = `[Service]
User=daemon
Type=exec
ExecStartPre=/usr/local/bin/read-shadow
ExecStart=/bin/sleep 3600
`;

/** Serves guests as another group, and all others as what it is. */
const GUESTS = `#!/usr/bin/python3
import os, socketserver

class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.readline() == b"guest\\n":
            os.setgid(1)
        self.wfile.write(b"group %d" % os.getgid())

class Server(socketserver.ForkingMixIn, socketserver.TCPServer):
    allow_reuse_address = True

Server(("127.0.0.1", 8766), Answer).serve_forever()
`;

import { skip } from "../../test/kit/skip.ts";

/** Asks that server as a client of this kind, and prints what it answers. */
const visit = (kind: string): string =>
  `for i in 1 2 3 4 5 6 7 8 9; do python3 -c 'import socket; s = socket.create_connection(("127.0.0.1", 8766)); s.sendall(b"${kind}\\n"); print(s.recv(99).decode())' | grep group && exit; sleep 0.3; done; exit 1`;

const ASK =
  "for i in 1 2 3 4 5 6 7 8 9; do python3 -c 'import urllib.request as u; u.urlopen(\"http://127.0.0.1:8765/\").read()' && exit; sleep 0.3; done; exit 1";

/** Starts to learn, waits for so many lines of progress, sends a signal, and waits for the end and for the watchdog. */
const KILLED = `
node ${CLI} learn $3 w.service --yes 2>/tmp/said >/tmp/out & pid=$!
for i in $(seq 200); do
  [ "$(grep -c . /tmp/said)" -ge "$1" ] && break
  kill -0 $pid 2>/dev/null || break
  sleep 0.05
done
kill -"$2" $pid 2>/dev/null
wait $pid
for i in $(seq 100); do
  systemctl list-units --plain --no-legend --all 'unit-warden-put-back*' | grep -q . || break
  sleep 0.1
done
`;

describe(`learning in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(300_000);
  let box: Box | undefined;
  const inside = (): Box => {
    assert.ok(box);
    return box;
  };
  const show = (unit: string): string =>
    inside()
      .run("systemctl", "show", "-p", "ActiveState,DropInPaths,ExecStart", unit)
      .output.replace(/start_time=.*/, "");
  /** Nothing is left of an observation. */
  const isClean = (unit: string, about: string): void => {
    const left = inside().run(
      "find",
      "/run/systemd/system",
      "/run/systemd/system.control",
      "/run/unit-warden",
      "/var/lib/unit-warden/learn",
      "-mindepth",
      "1",
      // Locks are never removed, as two runs could lock two files of one name.
      "!",
      "-name",
      "*.lock",
    );
    assert.equal(left.output, "", about);
    const { output } = inside().run("sh", "-c", `grep TracerPid "/proc/$(systemctl show -P MainPID ${unit})/status"`);
    assert.match(output, /TracerPid:\s+0\n/, about);
  };

  before(async function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    const program = await bundledCommandLine();
    box = startBox();
    box.run("mkdir", "-p", "/usr/lib/unit-warden-test");
    box.put(CLI, program);
    for (const [name, text] of [
      ["s.service", SERVER],
      ["w.service", WAITER],
      ["i@.service", INSTANCES],
      ["u.service", DROPPING],
      ["t.service", UNTRACED],
      ["h.service", HELPED],
      ["p.service", HELPED_TO_START],
    ] as const)
      box.put(`/etc/systemd/system/${name}`, text);
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "start", "s.service", "w.service");
  });
  after(() => box?.stop());

  it("learns, proves and writes the settings of a server, which serves under them", () => {
    const { run } = inside();
    const before = show("s.service");
    const learnt = run("node", CLI, "learn", "s.service", "--yes", "--verify", "--write", "--exercise", ASK);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.output, /proven +ProtectSystem=strict/);
    assert.match(learnt.output, /proven +ReadWritePaths=-\/var\/lib\/served|proven +StateDirectory=served/);
    const unproven = learnt.output.split("\n").filter((it) => /^# +seen /.test(it) && !it.includes("(with --with"));
    assert.deepEqual(unproven, []);
    isClean("s.service", learnt.errors);
    assert.equal(show("s.service").replace(/DropInPaths=.*/, "DropInPaths="), before);
    assert.equal(run("systemctl", "restart", "s.service").status, 0);
    assert.equal(run("sh", "-c", ASK).status, 0);
    assert.equal(run("systemctl", "reload", "s.service").status, 0);
    run("sh", "-c", "rm -r /etc/systemd/system/s.service.d; systemctl daemon-reload; systemctl restart s.service");
  });

  it("keeps what the code of a service can do for clients that did not come", () => {
    const { run, put } = inside();
    put("/usr/local/bin/guests", GUESTS);
    run("chmod", "755", "/usr/local/bin/guests");
    put("/etc/systemd/system/guests.service", "[Service]\nExecStart=/usr/local/bin/guests\n");
    run("systemctl", "daemon-reload");
    run("systemctl", "start", "guests.service");
    const learn = (...more: readonly string[]) => {
      const words = ["learn", "guests.service", "--yes", "--verify", "--write", "--exercise", visit("member")];
      const learnt = run("node", CLI, ...words, ...more);
      assert.equal(learnt.status, 0, learnt.errors);
      run("systemctl", "restart", "guests.service");
      assert.match(run("sh", "-c", visit("member")).output, /group 0/);
      return { output: learnt.output, guest: run("sh", "-c", visit("guest")).output.trim() };
    };
    const kept = learn();
    assert.match(
      kept.output,
      /proven +CapabilityBoundingSet=CAP_.*CAP_SETGID: it can change its groups \(os\.setgid in guests/,
    );
    assert.match(
      kept.output,
      /\n# not exercised: It can change its groups \(os\.setgid in guests:7\), which no run did/,
    );
    assert.equal(kept.guest, "group 1");
    const file = run("cat", "/etc/systemd/system/guests.service.d/guests.service.learnt.json").output;
    assert.match(file, /"unexercised"/);
    run("sh", "-c", "rm -r /etc/systemd/system/guests.service.d; systemctl daemon-reload");
    // The owner says that no guest comes.
    assert.equal(learn("--trust-run").guest, "");
    run("sh", "-c", "systemctl stop guests; rm -r /etc/systemd/system/guests.service*; systemctl daemon-reload");
  });

  it("learns from one instance what holds for the others", () => {
    const { run } = inside();
    run("mkdir", "-p", ...["one", "two"].flatMap((it) => [`/var/lib/i-${it}`, `/srv/${it}`]));
    const written = (it: string): string => `[ -s /var/lib/i-${it}/now ] && [ -s /srv/${it}/now ]`;
    const learn = ["learn", "i@one.service", "--yes", "--verify", "--write", "--exercise", written("one")];
    const learnt = run("node", CLI, ...learn);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.output, /proven +ReadWritePaths=-%S\/i-%i:/);
    assert.match(learnt.output, /proven +ReadWritePaths=-\/srv\/%i:/);
    run("sh", "-c", "mv /etc/systemd/system/i@one.service.d /etc/systemd/system/i@.service.d; systemctl daemon-reload");
    assert.equal(run("systemctl", "start", "i@two.service").status, 0);
    const opened = run("systemctl", "show", "-P", "ReadWritePaths", "i@two.service").output;
    assert.match(opened, /-\/srv\/two -\/var\/lib\/i-two/);
    const soon = `for i in $(seq 100); do ! { ${written("two")}; } || exit 0; sleep 0.2; done; exit 1`;
    assert.equal(run("sh", "-c", soon).status, 0, run("journalctl", "-u", "i@two", "-o", "cat").output);
    run("sh", "-c", "systemctl stop 'i@*'; rm -r /etc/systemd/system/i@.service.d; systemctl daemon-reload");
  });

  it("proves an empty root that has what the service uses", () => {
    const { run } = inside();
    const learnt = run("node", CLI, "learn", "s.service", "--yes", "--verify", "--with", "root", "--exercise", ASK);
    assert.equal(learnt.status, 1, learnt.errors);
    assert.match(learnt.output, /proven +.*\bRootDirectory=\/run\/confinement\/%n /, learnt.errors);
    assert.match(learnt.output, /\nRootDirectory=\/run\/confinement\/%n\n/);
    isClean("s.service", learnt.errors);
  });

  it("proves a service with a user whose helper is set-user-ID, and leaves it its rights", () => {
    const { run } = inside();
    run("install", "-m", "4755", "/bin/head", "/usr/local/bin/head");
    const helper = "printf '#!/bin/sh\\nexec /usr/local/bin/head -n 1 /etc/shadow\\n' >/usr/local/bin/read-shadow";
    run("sh", "-c", `${helper}; chmod 755 /usr/local/bin/read-shadow`);
    assert.equal(run("systemctl", "start", "h.service").status, 0);
    const ask = "rm -f /run/helped/now; sleep 1; grep -q root: /run/helped/now";
    const learnt = run("node", CLI, "learn", "h.service", "--yes", "--verify", "--write", "--exercise", ask);
    assert.equal(learnt.status, 0, learnt.errors);
    assert.match(learnt.output, /proven +SystemCallFilter=capset:/, learnt.errors);
    assert.equal(run("systemctl", "restart", "h.service").status, 0);
    assert.equal(run("sh", "-c", ask).status, 0, run("journalctl", "-u", "h", "-o", "cat").output);
    run("sh", "-c", "systemctl stop h; rm -r /etc/systemd/system/h.service.d; systemctl daemon-reload");
    run("systemctl", "start", "p.service");
    const started = run("node", CLI, "learn", "p.service", "--yes", "--verify", "--exercise", "true");
    assert.match(started.output, /proven +SystemCallFilter=capset:/, started.errors);
    assert.match(run("systemctl", "is-active", "p.service").output, /^active/);
  });

  describe("the proof of a user", () => {
    const OWNERS = ["find", "/var/log/u", "-printf", "%U:%G %m %p\\n"];
    const LEARN = `node ${CLI} learn u.service --yes --verify --with user --exercise 'grep up /var/log/u/log'`;
    before(() => {
      const make = "mkdir -m 2750 /var/log/u; touch /var/log/u/log '/var/log/u/an old\nlog'; chown -hR 0:4 /var/log/u";
      inside().run("sh", "-c", `${make}; chown 33:33 /var/log/u/an*; ln -s /etc/passwd /var/log/u/link`);
      inside().run("systemctl", "start", "u.service");
    });

    it("gives directories back to their owners", () => {
      const { run } = inside();
      const [shown, owners] = [show("u.service"), run(...OWNERS).output];
      const learnt = run("sh", "-c", LEARN);
      assert.match(learnt.output, /proven +User=daemon /, learnt.errors);
      assert.match(learnt.output, /proven +LogsDirectoryMode=02750 /, learnt.output);
      assert.match(learnt.errors, /noted who owns \/var\/log\/u, to put it back/);
      assert.equal(run(...OWNERS).output, owners);
      assert.equal(show("u.service"), shown);
      isClean("u.service", learnt.errors);
      assert.equal(run("stat", "-c", "%u:%g", "/etc/passwd").output, "0:0\n");
    });

    for (const line of ["noted who owns", "proof with User=", "restarting", "exercising", "stopping"])
      it(`gives them back when it is killed at ${line}`, () => {
        const { run } = inside();
        const [shown, owners] = [show("u.service"), run(...OWNERS).output];
        const until = `sed -n '/noted who owns/,$p' /tmp/said | grep -q '${line}'`;
        const wait = `until ${until}; do kill -0 $pid || exit 1; sleep 0.02; done; sleep 0.1; kill -KILL $pid`;
        const gone =
          "while systemctl list-units --plain --no-legend --all 'unit-warden-put-back*' | grep -q .; do sleep 0.1; done";
        const killed = run(
          "bash",
          "-c",
          `rm -f /tmp/said; touch /tmp/said; exec 2>/dev/null; ${LEARN} 2>/tmp/said & pid=$!; ${wait}; ${gone}`,
        );
        const said = run("cat", "/tmp/said").output;
        assert.equal(killed.status, 0, said);
        assert.equal(run(...OWNERS).output, owners, said);
        assert.equal(show("u.service"), shown, said);
        isClean("u.service", said);
      });
  });

  it("learns again without what it has learnt, and only adds to that", () => {
    const { run } = inside();
    const folder = "/etc/systemd/system/s.service.d";
    const LEARN = ["node", CLI, "learn", "s.service", "--yes", "--write"];
    assert.equal(run(...LEARN, "--exercise", ASK).status, 0);
    const first = run("cat", `${folder}/50-unit-warden-learnt.conf`).output;
    run("systemctl", "restart", "s.service");
    const before = show("s.service");
    assert.match(before, /DropInPaths=.*50-unit-warden-learnt\.conf/);
    // What the settings of the first run do not allow.
    const more = "touch /srv/asked-for && chown 1 /srv/asked-for";
    run(
      "sh",
      "-c",
      `printf '[Service]\\nExecStartPost=-/bin/sh -c "${more}"\\n' >${folder}/20-more.conf && systemctl daemon-reload`,
    );
    const again = run(...LEARN, "--verify", "--exercise", ASK);
    assert.equal(again.status, 0, again.errors);
    assert.match(again.errors, /50-unit-warden-learnt\.conf stays where it is[\s\S]*what a run showed before is kept/);
    const second = run("cat", `${folder}/50-unit-warden-learnt.conf`).output;
    assert.match(second, /^ReadWritePaths=-\/srv$/m, again.output);
    assert.match(second, /^CapabilityBoundingSet=.*CAP_CHOWN/m, again.output);
    for (const line of first.split("\n").filter((it) => it.startsWith("ReadWritePaths=") || /^\w+Directory=/.test(it)))
      assert.ok(second.includes(`${line}\n`), line);
    assert.match(show("s.service"), /DropInPaths=.*20-more\.conf \S*50-unit-warden-learnt\.conf\n/);
    isClean("s.service", again.errors);
    assert.equal(run("systemctl", "restart", "s.service").status, 0);
    run("sh", "-c", `rm -r ${folder} /srv/asked-for; systemctl daemon-reload; systemctl restart s.service`);
  });

  it("observes a service for days in a log that stays small, and ends it", () => {
    const { run } = inside();
    const before = show("s.service");
    assert.equal(run("node", CLI, "learn", "start", "s.service", "--yes").status, 0);
    assert.match(
      run("sh", "-c", 'grep TracerPid "/proc/$(systemctl show -P MainPID s.service)/status"').output,
      /TracerPid:\s+[1-9]/,
    );
    assert.equal(run("sh", "-c", ASK).status, 0);
    // A collector that is killed begins again.
    run("systemctl", "kill", "--signal=KILL", "unit-warden-learn-s.service");
    assert.match(run("node", CLI, "learn", "status", "s.service").output, /is under observation since/);
    const ended = run("node", CLI, "learn", "stop", "s.service");
    assert.match(ended.output, / +seen +NoNewPrivileges=yes/, ended.errors);
    assert.equal(show("s.service"), before);
    run("find", "/var/lib/unit-warden/learn", "-name", "*.json", "-delete");
    isClean("s.service", ended.errors);
  });

  it("puts a service back that does not stay up under observation", () => {
    const { run } = inside();
    run("systemctl", "start", "t.service");
    run("sleep", "2");
    const before = show("t.service");
    const started = run("node", CLI, "learn", "start", "t.service", "--yes");
    assert.equal(started.status, 2);
    assert.match(started.errors, /t\.service does not start: .*started again \d times by Restart=/);
    assert.equal(show("t.service"), before);
    isClean("t.service", started.errors);
    run("systemctl", "stop", "t.service");
  });

  it("observes with a script in place of the program, from whose bundle settings follow anywhere", () => {
    const { run, put } = inside();
    const before = show("s.service");
    put("/root/observe.sh", run("node", CLI, "learn", "--script", "s.service", "--exercise", ASK).output);
    const ended = run("sh", "-c", "cd /root && sh ./observe.sh --yes");
    assert.equal(ended.status, 0, ended.errors);
    assert.equal(show("s.service"), before);
    isClean("s.service", ended.errors);
    const derived = run("node", CLI, "learn", "--bundle", "/root/s.service.learn.tar.gz");
    assert.match(derived.output, / +seen +NoNewPrivileges=yes/, derived.errors);
  });

  it("brings along with a script whom configuration names, and nothing else of it", () => {
    const { run, put } = inside();
    put("/etc/c.conf", "user daemon\nuser nobody-there\npassword hunter2\n");
    put("/etc/systemd/system/c.service", '[Service]\nExecStart=/bin/sh -c "cat /etc/c.conf; exec sleep 3600"\n');
    run("systemctl", "daemon-reload");
    put("/root/c.sh", run("node", CLI, "learn", "--script", "c.service").output);
    const ended = run("sh", "-c", "cd /root && sh ./c.sh --yes");
    const kept = run("sh", "-c", "cd /root && tar -xzf c.service.learn.tar.gz && cat c.service/configured.tsv");
    assert.equal(kept.output, "user\tdaemon\t/etc/c.conf\n", ended.errors);
    assert.notEqual(run("grep", "-r", "hunter2", "/root/c.service").status, 0);
    const derived = run("node", CLI, "learn", "--bundle", "/root/c.service.learn.tar.gz");
    assert.match(derived.output, /CapabilityBoundingSet=CAP_CHOWN CAP_SETGID CAP_SETUID: /, derived.errors);
  });

  it("makes no bundle with a script whose strace was killed, and derives nothing without one", () => {
    const { run, put } = inside();
    const before = show("s.service");
    const words = ["--no-reload", "--exercise", "pkill -KILL strace; sleep 1", "s"];
    put("/root/lost.sh", run("node", CLI, "learn", "--script", ...words).output);
    const ended = run("sh", "-c", "cd /root && rm -f *.gz && sh ./lost.sh --yes");
    const reason = /the log of ExecStart does not show how process \d+ ended/;
    assert.match(ended.errors, /^the logs end early, nothing is shown: /m);
    assert.match(ended.errors, reason);
    assert.notEqual(run("sh", "-c", "ls /root/*.gz").status, 0);
    const observed = run("node", CLI, "learn", "--yes", ...words);
    assert.match(observed.output.replaceAll(/\n# */g, " "), reason, observed.errors);
    assert.equal(observed.status, 1);
    assert.equal(show("s.service"), before);
    isClean("s.service", ended.errors + observed.errors);
  });

  it("leaves a service as it was when the start of days is killed", () => {
    const before = show("w.service");
    for (const line of ["1", "2"]) {
      inside().run("bash", "-c", KILLED, "bash", line, "KILL", "start");
      const said = inside().run("cat", "/tmp/said").output;
      assert.equal(show("w.service"), before, said);
      isClean("w.service", said);
    }
  });

  it("removes what a killed process had begun to write", () => {
    const { run, put } = inside();
    const process = { pid: 999_999_999, start: "1" };
    const dropIn = "/run/systemd/system/w.service.d/99-learn.conf";
    const what = { by: "learn", since: "now", rubbish: [], wasActive: true, companions: [] };
    put("/root/back.sh", putBackScript({ unit: "w.service", dropIns: [dropIn], process, ...what }));
    for (const it of [putBackPath("w.service"), dropIn]) put(`${it}.${process.pid}.new`, "half");
    const ended = run("sh", "/root/back.sh", "--watch");
    assert.equal(ended.status, 0, ended.errors);
    run("rmdir", "/run/systemd/system/w.service.d");
    isClean("w.service", ended.errors);
  });

  for (const [signal, lines] of [
    ["KILL", [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["TERM", [3, 6]],
    ["INT", [4, 7]],
    ["HUP", [5]],
  ] as const)
    for (const line of lines)
      it(`leaves a service as it was when SIG${signal} comes after line ${line} of its progress`, () => {
        const before = show("w.service");
        inside().run("bash", "-c", KILLED, "bash", String(line), signal, "--exercise true --for 2s");
        const said = inside().run("cat", "/tmp/said").output;
        assert.equal(show("w.service"), before, said);
        isClean("w.service", said);
      });
});
