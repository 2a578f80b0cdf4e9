import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";
const A = `[Unit]\nRequires=b.service gone.service\nAfter=b.service gone.service\n${RUN}`;
const B = `[Unit]\nAfter=a.service\n${RUN}`;
const SYSTEM = {
  "usr/lib/systemd/system/basic.target": "[Unit]\n",
  "usr/lib/systemd/system/shutdown.target": "[Unit]\n",
};

/** The codes that `check` prints about files, one a line with its file. */
function codes(files: Readonly<Record<string, string>>, ...argv: readonly string[]): string[] {
  const { stdout } = runOver(memoryHost(files), "check", "--profile", "off", "--select", "reference", ...argv);
  return [...stdout.matchAll(/^(\S+?):\d+:\d+: .* \[(\S+)\]$/gm)].map(([, path, code]) => `${path} ${code}`);
}

describe("cli check: among other units", () => {
  it("sees the units of a folder, and beside a file", () => {
    const files = { "/u/a.service": A, "/u/b.service": B };
    const circle = ["/u/a.service reference/ordering-cycle"];
    assert.deepEqual(codes(files, "/u/a.service"), circle);
    assert.deepEqual(codes(files, "/u"), [...circle, "/u/b.service reference/ordering-cycle"]);
    const dropIn = { "/u/a.service": RUN, "/u/b.service": B, "/u/a.service.d/x.conf": A.replace(RUN, "") };
    assert.deepEqual(codes(dropIn, "/u/a.service.d/x.conf"), ["/u/a.service.d/x.conf reference/ordering-cycle"]);
  });

  it("judges a drop-in with its unit of another folder of a load path, and of a system that is named", () => {
    const dropIn = "etc/systemd/system/a.service.d/x.conf";
    const unit = "usr/lib/systemd/system/a.service";
    const refused = (files: Readonly<Record<string, string>>, ...argv: readonly string[]): boolean =>
      /refuses the unit with this drop-in; .* \[unit\/several-commands\]/.test(
        runOver(memoryHost(files), "check", "--profile", "off", ...argv).stdout,
      );
    const files = { [`/r/${unit}`]: RUN, [`/r/${dropIn}`]: RUN };
    assert.equal(refused(files, "/r"), true);
    assert.equal(refused(files, "--root", "/r", `/r/${dropIn}`), true);
    assert.equal(refused(files, `/r/${dropIn}`), true);
    const apart = { [`/r/${unit}`]: RUN, "/u/a.service.d/x.conf": RUN };
    assert.equal(refused(apart, "--root", "/r", "/u"), true);
    assert.equal(refused(apart, "/u"), false);
    const reset = { ...files, [`/r/${dropIn}`]: RUN.replace("Exec", "ExecStart=\nExec") };
    assert.equal(refused(reset, "/r"), false);
  });

  it("knows what is missing only where it sees a whole system", () => {
    const unit = { "usr/lib/systemd/system/a.service": A.replaceAll("b.service ", "") };
    const below = (root: string) =>
      Object.fromEntries(Object.entries({ ...SYSTEM, ...unit }).map(([path, text]) => [root + path, text]));
    assert.deepEqual(codes(below("/r/"), "/r/usr/lib/systemd/system"), []);
    const missing = "/r/usr/lib/systemd/system/a.service reference/missing-unit";
    assert.deepEqual(codes(below("/r/"), "/r"), [missing]);
    assert.deepEqual(codes(below("/r/"), "--root", "/r", "/r/usr/lib/systemd/system/a.service"), [missing]);
    const script = { ...below("/r/"), "/r/etc/init.d/gone": "#!/bin/sh\n" };
    assert.deepEqual(codes(script, "--root", "/r/", "/r/usr/lib/systemd/system/a.service"), []);
  });

  it("finds aliases that cannot be made in a whole system, where others replace a unit on purpose", () => {
    const alias = `${RUN}[Install]\nAlias=b.service\n`;
    const system = Object.fromEntries(Object.entries(SYSTEM).map(([path, text]) => [`/r/${path}`, text]));
    const files = { ...system, "/r/usr/lib/systemd/system/a.service": alias };
    const taken = ["/r/usr/lib/systemd/system/a.service reference/alias-taken"];
    assert.deepEqual(codes({ ...files, "/r/etc/systemd/system/b.service": RUN }, "/r"), taken);
    assert.deepEqual(codes({ ...files, "/r/usr/lib/systemd/system/b.service": RUN }, "/r"), []);
  });

  it("finds the same alias on both units", () => {
    const alias = `${RUN}[Install]\nAlias=w.service\n`;
    const both = ["/u/a.service reference/alias-twice", "/u/b.service reference/alias-twice"];
    assert.deepEqual(codes({ "/u/a.service": alias, "/u/b.service": alias }, "/u"), both);
  });

  it("follows its own fixes, and never renames", () => {
    const host = memoryHost({
      "/u/e.service": `[Unit]\nBefore=sysinit.target\n${RUN}`,
      "/u/m.mount": "[Mount]\nWhat=/dev/sda1\nWhere=/srv\n",
    });
    runOver(host, "check", "--profile", "off", "--unsafe-fixes", "/u");
    assert.equal(host.files.get("/u/e.service"), `[Unit]\nBefore=sysinit.target\nDefaultDependencies=no\n${RUN}`);
    assert.equal(host.files.get("/u/m.mount"), "[Mount]\nWhat=/dev/sda1\nWhere=/m\n");
  });

  it("sees the files of the network of all folders below a root, and of a folder", () => {
    const network = (name: string): string => `[Match]\nName=${name}\n[Network]\nBridge=br0\n`;
    const device = "[NetDev]\nName=br0\nKind=bond\n";
    const files = {
      "/r/etc/systemd/network/20-b.network": network("eth0"),
      "/r/usr/lib/systemd/network/10-a.network": network("eth*"),
      "/r/run/systemd/network/x.netdev": device,
      "/n/20-b.network": network("eth0"),
      "/n/10-a.network": network("eth*"),
      "/n/10-a.network.d/web.conf": "[Match]\nHost=web\n",
    };
    const found = (path: string): string[] =>
      [...runOver(memoryHost(files), "check", path).stdout.matchAll(/\[network\/(\S+)\]$/gm)].map(([, it = ""]) => it);
    assert.deepEqual(found("/r/etc/systemd/network/20-b.network"), ["missing-device", "same-interface"]);
    assert.deepEqual(found("/r/usr/lib/systemd/network"), ["missing-device"]);
    assert.deepEqual(found("/n"), []);
  });
});
