import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { run } from "../../lab/proving-ground/run.ts";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { runOver } from "../kit/memoryHost.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "../program/compiled.ts";

const printed = (...argv: readonly [string, ...string[]]): string => {
  const { stdout, stderr } = runOver(nodeHost, ...argv);
  return `${stdout}${stderr}`;
};

describe("the root of an unpacked image", () => {
  let root = "";
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content, { mode: 0o755 });
  };
  const link = (path: string, target: string): void => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    symlinkSync(target, join(root, path));
  };

  before(() => {
    root = mkdtempSync(join(tmpdir(), "unit-warden-image-"));
    put(
      "usr/lib/systemd/system/zorb.service",
      "[Service]\nEnvironmentFile=-/etc/default/zorb\nExecStart=/usr/bin/zorb $OPTIONS\n",
    );
    put("etc/default/zorb", "OPTIONS='-c /etc/zorb/zorb.conf'\n");
    put("etc/zorb/zorb.conf", "port = /dev/ttyUSB7\n");
    put("opt/zorb/run", '#!/bin/sh\n. /usr/lib/zorb/functions\nbecome\nexec /opt/zorb/zorbd "$@"\n');
    put("opt/zorb/zorbd", "#!/bin/sh\nhwclock --systohc\n");
    put("usr/lib/zorb/functions", "become() { sudo -u zorb true; }\n");
    // Links of an image lead from its own root on, and never out of it.
    link("usr/bin/zorb", "/etc/alternatives/zorb");
    link("etc/alternatives/zorb", "../../../../../../../../opt/zorb/run");
    link("usr/bin/lost", "/proc/self/exe");
    put("etc/systemd/system/lost.service", "[Service]\nExecStart=/usr/bin/lost\n");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it("has the programs of its units behind its own links, with what they source, start and are told", () => {
    const lines = printed("inspect", "zorb.service", "--root", root).split("\n");
    assert.equal(lines[0], join(root, "usr/lib/systemd/system/zorb.service"));
    for (const it of [
      "    sets the clock: zorbd:2 starts hwclock",
      "    runs programs that gain rights: functions:1 starts sudo",
      "    opens hardware: zorb.conf:1 names /dev/ttyUSB7",
    ])
      assert.ok(lines.includes(it), lines.join("\n"));
    assert.ok(lines.some((it) => it.startsWith("  /usr/bin/zorb: shell")));
    assert.doesNotMatch(lines.slice(1).join("\n"), new RegExp(root));
  });

  it("decides for its units, and not for those of the machine", () => {
    assert.match(
      printed("harden", "zorb.service", "--root", root),
      /ProtectClock=yes.*if it works without hwclock, which zorbd:2 starts/,
    );
    assert.match(printed("inspect", "/opt/zorb/zorbd", "--root", root), /sets the clock: zorbd:2 starts hwclock/);
    assert.match(printed("inspect", "lost.service", "--root", root), /none of its programs can be read/);
  });

  it("has libraries of its own", function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    const library = compiled(
      "int sethostname(const char *, unsigned long); int zorb(void) { return sethostname(0, 0); }",
      ["-w", "-shared", "-fPIC", "-Wl,-soname,libzorb.so.1"],
    );
    put("usr/lib/zorb/libzorb.so.1", library);
    const stub = join(root, "usr/lib/zorb/libzorb.so.1");
    put(
      "usr/bin/linked",
      compiled("int zorb(void); int main(void) { return zorb(); }", ["-w", stub, "-Wl,-rpath,/usr/lib/zorb"]),
    );
    put("etc/systemd/system/linked.service", "[Service]\nExecStart=/usr/bin/linked\n");
    const text = printed("inspect", "linked.service", "--root", root);
    assert.match(text, /sets the host name: libzorb\.so\.1 calls sethostname\(\)/);
  });

  it("may be one that debootstrap made", async function () {
    const isThere = (process.env.PATH ?? "").split(delimiter).some((it) => existsSync(join(it, "debootstrap")));
    if (!isThere || process.getuid?.() !== 0) return skip(this, "this system has no such files or users");
    this.timeout(900_000);
    const image = join(root, "debian");
    const options = ["--variant=minbase", "--include=systemd,chrony", "stable", image];
    const { status } = await run(["debootstrap", ...options], { seconds: 800 });
    // Without a network there is none.
    if (status !== 0) return skip(this, "there is no systemd-analyze");
    const text = printed("inspect", "chrony.service", "--root", image);
    assert.match(text, /\n {2}\/usr\/sbin\/chronyd: machine code/);
    assert.match(text, /\n {4}sets the clock: chronyd calls \w+\(\)/);
    assert.match(text, /keeps data in \/var\/lib\/chrony/);
  });
});
