import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { WantedService } from "../../server/src/features/newUnit/wanted.ts";
import { newUnits } from "../../server/src/features/newUnit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";
import { MACHINE_VERSION } from "../../test/kit/systemd.ts";

/** A program that takes its socket from systemd, answers one line to each who connects, and ends after one second of silence. */
const LISTENER = [
  "import socket",
  "s = socket.socket(fileno=3)",
  "while True:",
  "    c, _ = s.accept()",
  "    c.sendall(b'from systemd\\n')",
  "    c.close()",
].join("\n");

describe(`new units in a running systemd${NO_BOX ? ` (skipped: ${NO_BOX})` : ""}`, () => {
  let box: Box | undefined;
  before(function () {
    if (NO_BOX) return skip(this, NO_BOX);
    box = startBox();
  });
  after(() => {
    box?.stop();
  });

  /** Runs a line of shell in the box. */
  const sh = (line: string): string => box?.run("sh", "-c", line).output.trim() ?? "";

  /** Installs what is made for a command. */
  function install(wanted: Pick<WantedService, "name" | "exec"> & Partial<WantedService>): void {
    const made = newUnits({
      runAs: { kind: "dynamic" },
      start: { kind: "boot" },
      profile: "basic",
      scope: "system",
      version: MACHINE_VERSION ?? 257,
      ...wanted,
    });
    assert.ok(made.kind === "files", made.kind === "refused" ? made.message : "");
    for (const { name, text } of made.files) box?.put(`/etc/systemd/system/${name}`, text);
    sh("systemctl daemon-reload");
  }

  /** Starts a unit and waits for what a line of shell is to print. */
  function start(unit: string, line: string, expected: string): void {
    const started = box?.run("systemctl", "start", unit);
    const seen = sh(
      `for i in $(seq 50); do out=$(${line}); [ "$out" = "${expected}" ] && break; sleep 0.1; done; echo "$out"`,
    );
    assert.deepEqual(
      [started?.status, seen],
      [0, expected],
      sh(`systemctl status --no-pager ${unit}; journalctl -o cat --no-pager -n 30`),
    );
  }

  const get = (url: string): string =>
    `python3 -c 'import urllib.request as u; print(u.urlopen(\\"${url}\\").status)' 2>/dev/null`.replaceAll("\\", "");

  for (const profile of ["basic", "strict", "isolated"] as const)
    it(`a web server of Python serves its port, ${profile}`, function () {
      if (!box) return skip(this, "nothing can be started in a box");
      const name = `web-${profile}`;
      install({ name, exec: "/usr/bin/python3 -m http.server 8080", port: 8080, profile });
      start(`${name}.service`, get("http://127.0.0.1:8080/"), "200");
      assert.equal(sh(`systemctl show -P User,DynamicUser ${name}.service`), `${name}\nyes`);
      assert.equal(sh(`systemctl stop ${name}.service; systemctl is-failed ${name}.service`), "inactive");
    });

  it("a user that is not root serves port 80", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("useradd --system --shell /usr/sbin/nologin low");
    for (const runAs of [{ kind: "user", name: "low" }, { kind: "dynamic" }] as const) {
      install({ name: "low", exec: "/usr/bin/python3 -m http.server 80", port: 80, runAs, profile: "strict" });
      start("low.service", get("http://127.0.0.1:80/"), "200");
      sh("systemctl stop low.service");
    }
  });

  it("a program gets the words that were typed, its state directory and its key", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir /etc/args; printf s3cret > /etc/args/secret.key; chmod 600 /etc/args/secret.key");
    const program = `import sys,json; json.dump(sys.argv[1:-1] + [open(sys.argv[-1]).read()], open("/var/lib/args/out","w"))`;
    install({
      name: "args",
      exec: `A='x y' /usr/bin/python3 -c '${program}' 'a b' "\\"%s" '$HOME' "$A" ';' "it's" --key-file /etc/args/secret.key`,
      start: { kind: "timer", calendar: "daily" },
    });
    const started = box.run("systemctl", "start", "args.service");
    assert.equal(started.status, 0, sh("journalctl -u args.service -o cat --no-pager"));
    assert.deepEqual(JSON.parse(sh("cat /var/lib/args/out")), [
      "a b",
      '"%s',
      "$HOME",
      "x y",
      ";",
      "it's",
      "--key-file",
      "s3cret",
    ]);
    assert.equal(sh("systemctl start args.timer && systemctl is-active args.timer"), "active");
    assert.equal(sh("systemd-analyze verify --man=no args.timer 2>&1"), "");
  });

  it("a shell line runs in a shell", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const exec = "echo one | tr o 0 > /var/lib/lines/out && X=$(date +%Y) && echo $X >> /var/lib/lines/out";
    install({ name: "lines", exec, start: { kind: "timer", calendar: "daily" }, profile: "strict" });
    box.run("systemctl", "start", "lines.service");
    assert.equal(sh("cat /var/lib/lines/out"), sh("echo 0ne; date +%Y"));
  });

  it("a socket starts its service on the first connection", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    box.put("/usr/local/lib/listener.py", LISTENER);
    const listen = "/run/listener.sock";
    install({
      name: "listener",
      exec: "/usr/bin/python3 /usr/local/lib/listener.py",
      start: { kind: "socket", listen },
    });
    const ask = `python3 -c 'import socket as s; c = s.socket(s.AF_UNIX); c.connect("${listen}"); print(c.recv(99).decode())'`;
    start("listener.socket", "systemctl is-active listener.service", "inactive");
    assert.equal(sh(ask), "from systemd");
    assert.equal(sh("systemctl is-active listener.service"), "active");
  });
});
