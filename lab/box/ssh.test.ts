import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { bundledCommandLine } from "../../test/kit/bundledCommandLine.ts";
import { ASK, NO_SSH_BOX, SERVER, type SshBox, SUDO_PASSWORD, startSshBox } from "../../test/kit/sshBox.ts";
import { PAGE } from "../learning-story/listings.ts";

/** Runs a program at a terminal of its own, types a wrong password and then the right one. */
const TYPING = `
import os, pty, sys
typed = [b"wrong", b"${SUDO_PASSWORD}"]
def read(end):
    piece = os.read(end, 4096)
    if b"password for sudo" in piece: os.write(end, typed.pop(0) + b"\\r")
    return piece
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read)))
`;

import { skip } from "../../test/kit/skip.ts";

/** What the page about learning has to be typed for another machine, of the service here: the words of each step. */
function stepsOfPage(folder: string): readonly (readonly string[])[] {
  const [, block = ""] =
    /^```sh\n((?:#.*\n)?unit-warden learn --ssh [\s\S]*?)^```$/m.exec(readFileSync(PAGE, "utf8")) ?? [];
  const own = new Map([
    ["web1", "server"],
    ["nginx.service", "s.service"],
    ["nginx.tar.gz", join(folder, "nginx.tar.gz")],
  ]);
  const wordOf = (it: string): string => (it.startsWith("'") ? ASK : (own.get(it) ?? it));
  const commands = block.split("\n").filter((it) => it.startsWith("unit-warden "));
  return commands.map((it) => (it.match(/'[^']*'|\S+/g) ?? []).slice(1).map(wordOf));
}

/** A call of the command line, what it has said so far, and how it ends. */
interface Call {
  readonly child: ChildProcess;
  readonly errors: () => string;
  readonly ended: Promise<{ readonly status: number | null; readonly output: string; readonly errors: string }>;
  /** Waits until it has said something. */
  readonly says: (words: string) => Promise<void>;
}

const pause = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

describe(`learning over ssh on a machine without Node.js${NO_SSH_BOX === undefined ? "" : ` (skipped: ${NO_SSH_BOX})`}`, function () {
  this.timeout(480_000);
  let server: SshBox | undefined;
  let cli = "";
  const there = (): SshBox => {
    assert.ok(server);
    return server;
  };
  const start = (...words: readonly string[]): Call => {
    const [program = "", ...rest] = [...there().client, process.execPath, cli, ...words];
    const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (it) => {
      output += it;
    });
    child.stderr.on("data", (it) => {
      errors += it;
    });
    const ended = new Promise<{ status: number | null; output: string; errors: string }>((done) => {
      child.on("close", (status) => done({ status, output, errors }));
    });
    return {
      child,
      errors: () => errors,
      ended,
      async says(text) {
        for (let i = 0; i < 1200 && !errors.includes(text); i++) await pause(0.05);
        assert.ok(errors.includes(text), errors);
      },
    };
  };
  const show = (): string =>
    there()
      .box.run("systemctl", "show", "-p", "ActiveState,DropInPaths,ExecStart", "s.service")
      .output.replace(/start_time=.*/, "");
  /** Nothing is left of an observation, of the shell that made it, or of a watchdog; a moment later where the machine does so by itself. */
  const isClean = async (about: () => string, seconds = 10): Promise<void> => {
    const left = (): string =>
      there().box.run(
        "sh",
        "-c",
        "find /run/systemd/system /run/unit-warden /var/lib/unit-warden/learn /run/unit-warden-ssh.* -mindepth 1 ! -name '*.lock' 2>/dev/null; systemctl list-units --plain --no-legend --all 'unit-warden-put-back*'; pgrep strace",
      ).output;
    for (let i = 0; i < 2 * seconds && left() !== ""; i++) await pause(0.5);
    assert.equal(left(), "", about());
  };

  before(async function () {
    if (NO_SSH_BOX !== undefined) skip(this, NO_SSH_BOX);
    const program = await bundledCommandLine();
    server = startSshBox();
    cli = join(server.folder, "cli.cjs");
    writeFileSync(cli, program);
    server.box.put("/etc/systemd/system/s.service", SERVER);
    server.box.run("systemctl", "daemon-reload");
    server.box.run("systemctl", "start", "s.service");
    assert.notEqual(server.box.run("sh", "-c", "command -v node").status, 0);
  });
  after(() => server?.stop());

  it("leads in the three steps of the page to a service that works under what was proven", async () => {
    const { box, folder } = there();
    const before = show();
    const [observe = [], review = [], write = [], ...more] = stepsOfPage(folder);
    assert.deepEqual(more, []);

    const observed = await start(...observe, "--yes").ended;
    assert.equal(observed.status, 0, observed.errors);
    assert.match(observed.output, /proven +ProtectSystem=strict/);
    assert.doesNotMatch(observed.output, /^# +seen (?!.*\(with --with)/m);
    assert.match(observed.errors, /^unit-warden: connected to server: what follows happens there\n/);
    assert.match(observed.errors, /s\.service is as it was\n/);
    await isClean(() => observed.errors);
    assert.equal(show(), before);

    const derived = await start(...review).ended;
    assert.match(derived.output, / +proven +NoNewPrivileges=yes/, derived.errors);

    const { status, errors } = await start(...write, "--yes").ended;
    assert.equal(status, 0, errors);
    await isClean(() => errors);
    assert.equal(show().replace(/DropInPaths=.*/, "DropInPaths="), before);
    assert.equal(box.run("systemctl", "restart", "s.service").status, 0);
    assert.match(box.run("systemctl", "show", "-p", "ProtectSystem", "s.service").output, /=strict/);
    assert.equal(box.run("sh", "-c", ASK).status, 0);
    assert.equal(box.run("rm", "-r", "/etc/systemd/system/s.service.d").status, 0);
    box.run("systemctl", "daemon-reload");
    box.run("systemctl", "restart", "s.service");
  });

  it("proves by hand with a second script, without a connection", async () => {
    const { box, folder } = there();
    const before = show();
    const bundle = (kind: string): string => {
      const { output } = box.run("base64", `/root/s.service.${kind}.tar.gz`);
      const path = join(folder, `${kind}.tar.gz`);
      writeFileSync(path, Buffer.from(output, "base64"));
      return path;
    };
    const runScript = async (...words: readonly string[]): Promise<void> => {
      const made = await start("learn", "--script", ...words, "--exercise", ASK).ended;
      box.put("/root/made.sh", made.output);
      const { status, errors } = box.run("sh", "-c", "cd /root && sh ./made.sh --yes");
      assert.equal(status, 0, made.errors + errors);
    };
    await runScript("s.service");
    const learnt = bundle("learn");
    await runScript("--verify", "--bundle", learnt);
    const { output, errors } = await start("learn", "--bundle", learnt, bundle("proof")).ended;
    assert.match(output, /proven +ProtectSystem=strict/, errors);
    assert.doesNotMatch(output, /^# +seen (?!.*\(with --with)/m);
    assert.equal(show(), before);
    await isClean(() => errors);
    const alone = await start("learn", "--bundle", bundle("proof")).ended;
    assert.match(alone.errors, /name what was learnt before too/);
  });

  it("needs no root where sudo asks for no password, and says so where it does", async () => {
    const before = show();
    const learnt = await start("learn", "--ssh", "admin", "s.service", "--yes", "--exercise", ASK).ended;
    assert.match(learnt.output, / +seen +NoNewPrivileges=yes/, learnt.errors);
    assert.equal(show(), before);
    const { status, errors } = await start("learn", "--ssh", "other", "s.service", "--yes").ended;
    assert.equal(status, 2);
    assert.match(
      errors,
      /needs root, and sudo asks for a password, which is only typed at a terminal: log in to other as root/,
    );
    await isClean(() => errors);
  });

  it("hands a password that is typed at the terminal to sudo, once more where it was wrong, and shows it nowhere", async () => {
    const before = show();
    const { client } = there();
    const typing = [process.execPath, cli, "learn", "--ssh", "typed", "s.service", "--yes", "--exercise", ASK];
    const child = spawn("python3", ["-c", TYPING, ...client, ...typing], { stdio: ["ignore", "pipe", "inherit"] });
    let shown = "";
    child.stdout.on("data", (it) => {
      shown += it;
    });
    await new Promise((done) => child.on("close", done));
    assert.match(shown, /password for sudo on typed: \r\n[\s\S]*password for sudo on typed, once more: \r\n/);
    assert.match(shown, /NoNewPrivileges=yes\r\n/);
    assert.ok(!shown.includes(SUDO_PASSWORD));
    assert.equal(show(), before);
    await isClean(() => shown);
    const nobody = await start("learn", "--ssh", "typed", "s.service", "--yes").ended;
    assert.equal(nobody.status, 2, nobody.errors);
    assert.match(nobody.errors, /sudo asks for a password, which is only typed at a terminal/);
  });

  it("says that nobody answers", async () => {
    const { status, errors } = await start("learn", "--ssh", "no-such-host.invalid", "s.service", "--yes").ended;
    assert.equal(status, 2);
    assert.match(errors, /no connection to no-such-host\.invalid: Could not resolve hostname/);
  });

  it("puts back over the connection when the terminal interrupts it", async () => {
    const before = show();
    const call = start("learn", "--ssh", "server", "s.service", "--yes", "--for", "1h");
    await call.says("restarting s.service under observation");
    await pause(1);
    assert.ok(call.child.pid);
    process.kill(-call.child.pid, "SIGINT");
    const { errors } = await call.ended;
    assert.match(
      errors,
      /putting everything back as it was\n[\s\S]*s\.service is as it was\n[\s\S]*interrupted by SIGINT/,
    );
    assert.equal(show(), before);
    await isClean(() => errors, 5);
  });

  for (const [what, victim] of [
    ["this end", "unit-warden"],
    ["ssh", "ssh"],
  ] as const)
    it(`puts back what was changed when ${what} is killed`, async () => {
      const before = show();
      const call = start("learn", "--ssh", "server", "s.service", "--yes", "--exercise", ASK, "--for", "1h");
      await call.says("exercising it after the start");
      assert.notEqual(show(), before);
      if (victim === "ssh") there().box.run("pkill", "-KILL", "-f", "^sshd-session: root");
      else call.child.kill("SIGKILL");
      const { errors } = await call.ended;
      if (victim === "ssh") assert.match(errors, /the connection to server is lost/);
      await isClean(() => errors, 30);
      assert.equal(show(), before);
    });

  it("puts back by itself when nothing is heard any more, and says so", async () => {
    const before = show();
    const { box } = there();
    const call = start("learn", "--ssh", "server", "s.service", "--yes", "--exercise", ASK, "--for", "1h");
    await call.says("exercising it after the start");
    await pause(1);
    box.run("ip", "link", "set", "lo", "down");
    try {
      const { status, errors } = await call.ended;
      assert.equal(status, 2);
      assert.match(errors, /the connection to server is lost: nothing was heard for 30 s/);
      assert.match(errors, /server is out of reach; it puts back by itself what was changed/);
      await isClean(() => errors, 60);
      assert.equal(show(), before);
    } finally {
      box.run("ip", "link", "set", "lo", "up");
    }
  });
});
