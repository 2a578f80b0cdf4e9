import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { gunzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";

describe("the files that programs are read from", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(`${tmpdir()}/unit-warden-programs-`);
    mkdirSync(`${root}/usr/bin`, { recursive: true });
    writeFileSync(`${root}/usr/bin/zorbd`, "0123456789");
    chmodSync(`${root}/usr/bin/zorbd`, 0o4755);
    symlinkSync("usr/bin", `${root}/bin`);
    symlinkSync("/usr/bin/zorbd", `${root}/usr/bin/absolute`);
    symlinkSync("../../../../../../usr/bin/zorbd", `${root}/usr/bin/upwards`);
    symlinkSync("circle", `${root}/usr/bin/circle`);
    symlinkSync("/etc/hostname", `${root}/usr/bin/outside`);
    execFileSync("mkfifo", [`${root}/usr/bin/fifo`]);
  });
  after(() => rmSync(root, { recursive: true }));

  const read = (path: string, ...span: readonly number[]): string | undefined => {
    const bytes = nodeProgramFiles(root).read(path, ...span);
    return bytes && decodeUtf8(bytes);
  };

  it("follow links from the root on, and never out of it", () => {
    for (const name of ["/bin/zorbd", "/bin/absolute", "/usr/bin/upwards", "//bin/./zorbd", "/../../bin/zorbd"]) {
      assert.equal(nodeProgramFiles(root).look(name)?.path, "/usr/bin/zorbd", name);
      assert.equal(read(name), "0123456789");
    }
    assert.equal(nodeProgramFiles(root).look("/bin/outside"), undefined);
  });

  it("say what is there, with its owner and mode", () => {
    const found = nodeProgramFiles(root).look("/bin/zorbd");
    assert.deepEqual([found?.kind, found?.bytes, found?.mode], ["file", 10, 0o4755]);
    assert.equal(nodeProgramFiles(root).look("/bin")?.kind, "folder");
    assert.equal(nodeProgramFiles(root).look("/bin/fifo")?.kind, "other");
    assert.deepEqual(nodeProgramFiles(root).list("/bin").slice(0, 2), ["absolute", "circle"]);
  });

  it("give the bytes of a span, as far as there are any", () => {
    assert.equal(read("/bin/zorbd", 2, 4), "23");
    assert.equal(read("/bin/zorbd", 8, 100), "89");
    assert.equal(read("/bin/zorbd", 100), "");
  });

  it("are as if they were not there where nothing can be read", () => {
    for (const name of ["/bin/fifo", "/bin/circle", "/bin/none", "/bin", "/bin/zorbd/x", "/a\0b"])
      assert.equal(read(name), undefined, name);
    assert.equal(nodeProgramFiles(root).look("/bin/circle"), undefined);
    assert.deepEqual(nodeProgramFiles(root).list("/none"), []);
    assert.equal(nodeProgramFiles(root).packageOf("/bin/zorbd"), undefined);
  });

  it("belong to packages that name the folder behind a link", () => {
    mkdirSync(`${root}/usr/lib/sysimage/rpm`, { recursive: true });
    const database = gunzipSync(readFileSync("test/program/rpm/rpmdb.sqlite.gz"));
    writeFileSync(`${root}/usr/lib/sysimage/rpm/rpmdb.sqlite`, database);
    mkdirSync(`${root}/etc/shop`, { recursive: true });
    symlinkSync("usr/sbin", `${root}/programs`);
    mkdirSync(`${root}/usr/sbin`);
    const files = nodeProgramFiles(root);
    assert.equal(files.packageOf("/programs/shopd"), "shop-server");
    assert.equal(files.packageOf("/programs/other"), undefined);
    writeFileSync(`${root}/etc/shop/shop.conf`, "conf\n");
    assert.equal(files.packagedState?.("/etc/shop/shop.conf"), "untouched");
    rmSync(`${root}/usr/lib/sysimage`, { recursive: true });
  });

  it("compare configuration with what packages brought", () => {
    const digest = createHash("md5").update("as it came").digest("hex");
    for (const folder of ["etc/shop/conf.d", "var/lib/dpkg/info"]) mkdirSync(`${root}/${folder}`, { recursive: true });
    writeFileSync(`${root}/var/lib/dpkg/info/shop.list`, "");
    const names = ["same", "other", "gone"].map((it) => ` /etc/shop/${it} ${digest}\n`);
    writeFileSync(`${root}/var/lib/dpkg/status`, `Package: shop\nConffiles:\n${names.join("")}`);
    for (const it of ["same", "other", "made", "conf.d/mine"])
      writeFileSync(`${root}/etc/shop/${it}`, it === "same" ? "as it came" : it);
    symlinkSync("same", `${root}/etc/shop/link`);
    const files = nodeProgramFiles(root);
    assert.deepEqual(
      ["same", "link", "other", "conf.d/mine", "made", "gone", "../elsewhere"].map((it) =>
        files.packagedState?.(`/etc/shop/${it}`),
      ),
      ["untouched", "untouched", "changed", "added", undefined, undefined, undefined],
    );
  });
});
