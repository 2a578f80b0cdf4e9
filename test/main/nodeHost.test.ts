import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { runOver } from "../kit/memoryHost.ts";

describe("the files of the machine", () => {
  let folder = "";
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unit-warden-")));
    writeFileSync(`${folder}/a.service`, "[Service]\nExecStart=/bin/true\n");
    mkdirSync(`${folder}/a.service.d/folder.conf`, { recursive: true });
    mkdirSync(`${folder}/etc/systemd`, { recursive: true });
    mkdirSync(`${folder}/service.d`);
    writeFileSync(`${folder}/service.d/folder.conf`, "[Service]\nNice=200\n");
    symlinkSync("nowhere", `${folder}/a.service.d/gone.conf`);
    symlinkSync("self.service", `${folder}/self.service`);
    symlinkSync("self.conf", `${folder}/a.service.d/self.conf`);
    symlinkSync("a.service", `${folder}/al.service`);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("reads a unit beside links in circles, links to nowhere and folders that are called like drop-ins", () => {
    const unit = `${folder}/a.service`;
    for (const argv of [
      ["show", unit, "--root", folder],
      ["check", "--profile", "off", unit],
      ["security", unit],
      ["sandbox", unit],
    ]) {
      const { stderr, status } = runOver(nodeHost, ...argv);
      assert.deepEqual([stderr, status], ["", 0], argv[0]);
    }
    assert.doesNotMatch(runOver(nodeHost, "show", unit).stdout, /Nice=/);
    assert.equal(nodeHost.kind(`${folder}/self.service`), undefined);
    assert.match(runOver(nodeHost, "check", `${folder}/self.service`).stderr, /there is no such file or folder\n$/);
  });

  it("reads a unit whose name has no room for that of its folder of drop-ins", () => {
    const unit = `${folder}/${"a".repeat(247)}.service`;
    writeFileSync(unit, "[Service]\nExecStart=/bin/true\n");
    const done = ["check", "security", "show", "sandbox"].map((it) => runOver(nodeHost, it, unit));
    rmSync(unit);
    assert.deepEqual(
      done.map((it) => it.stderr),
      ["", "", "", ""],
    );
  });

  it("reads a unit beside a file that is called like its folder of drop-ins", () => {
    const unit = `${folder}/file.service`;
    writeFileSync(unit, "[Service]\nExecStart=/bin/true\n");
    writeFileSync(`${unit}.d`, "");
    const done = ["check", "security", "harden", "show", "sandbox"].map((it) => runOver(nodeHost, it, unit));
    rmSync(unit);
    rmSync(`${unit}.d`);
    assert.deepEqual(
      done.map((it) => it.stderr),
      ["", "", "", "", ""],
    );
  });

  it("says in a sentence which path may not be looked at, wherever it is named", () => {
    const closed = "/closed/b";
    const kind = (path: string): ReturnType<typeof nodeHost.kind> => {
      if (!path.startsWith(closed)) return nodeHost.kind(path);
      const call = { code: "EACCES", syscall: "stat", path };
      throw Object.assign(new Error(`EACCES: permission denied, stat '${path}'`), call);
    };
    for (const argv of [
      ["new", "service", "x", "--exec", "/bin/true", "--output", closed],
      ["check", "--root", closed, folder],
      ["security", "--policy", closed, folder],
      ["security", "--before", closed, folder],
    ]) {
      const { stdout, stderr, status } = runOver({ ...nodeHost, kind }, ...argv);
      assert.match(stderr, /^unit-warden: \/closed\/b\S*: permission denied\n$/, argv.join(" "));
      assert.deepEqual([stdout, status], ["", 2], argv.join(" "));
    }
  });

  it("follows links to where a file is", () => {
    assert.equal(nodeHost.realPath(`${folder}/al.service`), `${folder}/a.service`);
    assert.throws(() => nodeHost.realPath(`${folder}/self.service`), /ELOOP/);
  });

  it("reads what a folder showed to be a file, and what has become of it since", () => {
    const bytes = nodeHost.read(`${folder}/a.service`);
    assert.deepEqual(nodeHost.read(`${folder}/a.service`, "file"), bytes);
    assert.deepEqual(nodeHost.read(`${folder}/al.service`, "file"), bytes);
    assert.throws(() => nodeHost.read(`${folder}/service.d`, "file"), /this is not a file/);
    assert.throws(() => nodeHost.read(`${folder}/none.service`, "file"), /ENOENT/);
    symlinkSync("/dev/zero", `${folder}/zero.service`);
    assert.equal(nodeHost.read(`${folder}/zero.service`, "file").length, 0);
  });
});
