import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { createFile, replaceFile } from "../../server/src/main/atomicWrite.ts";
import { skip } from "../kit/skip.ts";

const OLD = "[Service]\nExecStart=/bin/true\n";
const NEW = `${OLD}ProtectHome=yes\n`;
const going = new AbortController().signal;

/** Stopped before it begins, which is looked at when all but the last step is done. */
const stopped = AbortSignal.abort(new Error("interrupted"));

/** Sets or prints an extended attribute, as far as there is a Python for it. */
const attributes = (code: string, path: string): ReturnType<typeof spawnSync> =>
  spawnSync("python3", ["-c", `import os, sys\n${code}`, path], { encoding: "utf8" });

/** user::rw-, user:1000:rw-, group::r--, mask::rw-, other::r--, as the kernel has it. */
const ACCESS_LIST = "0200000001000600ffffffff02000600e803000004000400ffffffff10000600ffffffff20000400ffffffff";

describe("a file that is written at once", () => {
  let folder = "";
  const at = (name: string): string => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-write-"));
    writeFileSync(at("a.service"), OLD);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("has the new text, byte by byte, and nothing is left beside it", async () => {
    for (const text of [NEW, NEW.replaceAll("\n", "\r\n"), `\ufeff${NEW}`, NEW.trimEnd(), "", "é🦊"]) {
      await replaceFile(at("a.service"), readFileSync(at("a.service"), "utf8"), text, going);
      assert.deepEqual(readFileSync(at("a.service")), Buffer.from(text));
    }
    assert.deepEqual(readdirSync(folder), ["a.service"]);
  });

  it("is another file with the same mode, and of the same owner", async () => {
    const isRoot = process.getuid?.() === 0;
    chmodSync(at("a.service"), 0o640);
    if (isRoot) chownSync(at("a.service"), 1234, 4321);
    const was = statSync(at("a.service"));
    await replaceFile(at("a.service"), OLD, NEW, going);
    const is = statSync(at("a.service"));
    assert.notEqual(is.ino, was.ino);
    assert.deepEqual([is.mode, is.uid, is.gid], [was.mode, was.uid, was.gid]);
  });

  it("keeps extended attributes and access lists", async function () {
    const set = `os.setxattr(sys.argv[1], "user.unit", b"warden")\nos.setxattr(sys.argv[1], "system.posix_acl_access", bytes.fromhex("${ACCESS_LIST}"))`;
    if (attributes(set, at("a.service")).status !== 0) {
      skip(this, "no Python, or a file system without extended attributes");
    }
    await replaceFile(at("a.service"), OLD, NEW, going);
    const list = "for it in sorted(os.listxattr(sys.argv[1])): print(it, os.getxattr(sys.argv[1], it).hex())";
    assert.equal(
      attributes(list, at("a.service")).stdout,
      `system.posix_acl_access ${ACCESS_LIST}\nuser.unit ${Buffer.from("warden").toString("hex")}\n`,
    );
    assert.equal(readFileSync(at("a.service"), "utf8"), NEW);
  });

  it("is the one behind a link, and the link stays", async () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/b.service"), OLD);
    symlinkSync("real/b.service", at("b.service"));
    await replaceFile(at("b.service"), OLD, NEW, going);
    assert.equal(readlinkSync(at("b.service")), "real/b.service");
    assert.equal(readFileSync(at("real/b.service"), "utf8"), NEW);
    assert.deepEqual(readdirSync(at("real")), ["b.service"]);
  });

  it("keeps its other names", async () => {
    linkSync(at("a.service"), at("b.service"));
    await replaceFile(at("a.service"), OLD, NEW, going);
    assert.equal(statSync(at("a.service")).nlink, 2);
    assert.equal(readFileSync(at("b.service"), "utf8"), NEW);
    assert.deepEqual(readdirSync(folder), ["a.service", "b.service"]);
    await replaceFile(at("a.service"), NEW, "x\n", going);
    assert.equal(readFileSync(at("b.service"), "utf8"), "x\n", "a shorter text leaves nothing of the longer one");
  });

  it("is written in place where its attributes cannot be copied", async () => {
    const was = statSync(at("a.service"));
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      await replaceFile(at("a.service"), OLD, NEW, going);
    } finally {
      process.env.PATH = path;
    }
    assert.equal(statSync(at("a.service")).ino === was.ino, process.platform === "linux");
    assert.equal(readFileSync(at("a.service"), "utf8"), NEW);
    assert.deepEqual(readdirSync(folder), ["a.service"]);
  });

  it("is left alone where another program changed it, where it is no file, and where it is stopped", async () => {
    await assert.rejects(replaceFile(at("a.service"), "other", NEW, going), /another program changed it/);
    await assert.rejects(replaceFile("/dev/null", "", NEW, going), /not a file/);
    await assert.rejects(replaceFile(folder, "", NEW, going), /not a file/);
    await assert.rejects(replaceFile(at("a.service"), OLD, NEW, stopped), /interrupted/);
    linkSync(at("a.service"), at("b.service"));
    await assert.rejects(replaceFile(at("a.service"), OLD, NEW, stopped), /interrupted/, "by two names");
    rmSync(at("b.service"));
    assert.equal(readFileSync(at("a.service"), "utf8"), OLD);
    assert.deepEqual(readdirSync(folder), ["a.service"]);
  });

  it("is made with its folders, or none of them is", async () => {
    await createFile(at("x/y/a.conf"), NEW, going);
    assert.equal(readFileSync(at("x/y/a.conf"), "utf8"), NEW);
    writeFileSync(at("plain"), "");
    assert.equal(statSync(at("x/y/a.conf")).mode, statSync(at("plain")).mode);
    await assert.rejects(createFile(at("x/z/w/a.conf"), NEW, stopped), /interrupted/);
    assert.deepEqual(readdirSync(at("x")), ["y"]);
    assert.deepEqual(readdirSync(at("x/y")), ["a.conf"]);
    await assert.rejects(createFile(at(`x/z/${"n".repeat(300)}/a.conf`), NEW, going), /ENAMETOOLONG/);
    assert.deepEqual(readdirSync(at("x")), ["y"], "no folder is left where one below it cannot be made");
    await assert.rejects(createFile(at("plain/z/a.conf"), NEW, going));
    assert.equal(readFileSync(at("plain"), "utf8"), "");
  });

  it("is not made in the place of a file or link that is there", async () => {
    symlinkSync("nowhere", at("link.service"));
    for (const name of ["a.service", "link.service"])
      await assert.rejects(createFile(at(name), NEW, going), /EEXIST/, name);
    assert.equal(readFileSync(at("a.service"), "utf8"), OLD);
    assert.ok(lstatSync(at("link.service")).isSymbolicLink());
    assert.deepEqual(readdirSync(folder), ["a.service", "link.service"]);
  });
});
