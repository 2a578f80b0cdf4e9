import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { bundlePart, statusLine } from "../../server/src/learn/bundleFiles.ts";
import { readStatus } from "../../server/src/learn/readBundle.ts";
import { tarReader } from "../../server/src/learn/tarReader.ts";
import { tarEnd, tarHeader, tarPadding } from "../../server/src/learn/tarWriter.ts";
import { skip } from "../kit/skip.ts";

/** What is in an archive that comes in pieces of a size. */
function read(archive: Uint8Array, size = 1000): { files: Record<string, string>; problem: string | undefined } {
  const files: Record<string, string> = {};
  const reader = tarReader((name) => {
    files[name] = "";
    return (piece) => {
      files[name] += Buffer.from(piece).toString("latin1");
    };
  });
  for (let at = 0; at < archive.length; at += size) reader.push(archive.subarray(at, at + size));
  return { files, problem: reader.end() };
}

function written(files: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(files).flatMap(([name, text]) => [
    tarHeader(name, text.length, 1),
    Buffer.from(text, "latin1"),
    tarPadding(text.length),
  ]);
  return Buffer.concat([...parts, tarEnd()]);
}

const FILES = { "x/a": "", "x/b": "0123456789", "x/c": "y".repeat(1024), "x/d": "z".repeat(5000) };

describe("the archive of a bundle", () => {
  it("is read as it was written, whatever the pieces", () => {
    for (const size of [1, 511, 512, 513, 100_000])
      assert.deepEqual(read(written(FILES), size), { files: FILES, problem: undefined });
  });

  it("is not read on once it has ended, or cannot be read", () => {
    const reader = tarReader(() => undefined);
    const archive = written(FILES);
    assert.equal(reader.push(archive.subarray(0, 700)), true);
    assert.equal(reader.push(archive.subarray(700)), false);
    assert.equal(reader.push(new Uint8Array(512)), false);
    assert.equal(tarReader(() => undefined).push(Buffer.alloc(1024, "x")), false);
  });

  it("is read as tar writes it, with long names, and without links", function () {
    if (spawnSync("tar", ["--version"]).status !== 0) skip(this, "there is no tar");
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-tar-"));
    const long = `${"n".repeat(120)}/${"m".repeat(120)}`;
    mkdirSync(join(folder, "n".repeat(120)));
    for (const [name, text] of [
      ["a", "A"],
      [long, "B"],
    ] as const)
      writeFileSync(join(folder, name), text);
    symlinkSync("/etc/passwd", join(folder, "link"));
    const formats = spawnSync("tar", ["--version"]).stdout.includes("GNU") ? ["gnu", "pax", "posix"] : ["pax"];
    for (const format of formats) {
      const { stdout } = spawnSync("tar", [`--format=${format}`, "-cf", "-", "-C", folder, "a", long, "link"]);
      assert.deepEqual(read(stdout), { files: { a: "A", [long]: "B" }, problem: undefined }, format);
    }
    rmSync(folder, { recursive: true });
  });

  it("is unpacked by tar", function () {
    if (process.platform === "win32") skip(this, "this system has no such files or users");
    const { stdout, status } = spawnSync("tar", ["-xOf", "-", "x/b"], { input: written(FILES) });
    assert.deepEqual([status, stdout.toString()], [0, FILES["x/b"]]);
  });

  it("that is cut or damaged says so, and never throws", () => {
    const archive = written(FILES);
    assert.equal(read(archive.subarray(0, 3000)).problem, "the archive is cut off");
    assert.match(read(Buffer.from("no archive".repeat(100))).problem ?? "", /not a tar archive/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const damaged = Uint8Array.from(archive);
        for (const [at, byte] of changes) damaged[at] = byte;
        read(damaged, 700);
      }),
    );
  });
});

describe("the files of a bundle", () => {
  const status = { mode: 0o100640, uid: 0, gid: 33, capabilities: false, real: "/var/x\ty\\n" };

  it("keep the status of paths with any name", () => {
    const text = statusLine("/a\nb", status) + statusLine("/c", { ...status, capabilities: true, real: "/c" });
    assert.deepEqual(
      [...readStatus(text)],
      [
        ["/a\nb", status],
        ["/c", { ...status, capabilities: true, real: "/c" }],
      ],
    );
  });

  it("are told by their names, whatever folder they lie in", () => {
    assert.deepEqual(bundlePart("x.service/ExecStart-12.strace"), { kind: "log", name: "ExecStart-12" });
    assert.deepEqual(bundlePart("./x/bundle.json"), { kind: "head" });
    for (const it of ["x/ExecStart-.strace", "x/__proto__", "x/../../etc/passwd"])
      assert.equal(bundlePart(it), undefined);
  });
});
