import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { FileReading } from "../../server/src/program/reading.ts";
import { readNativeProgram } from "../../server/src/program/readNativeProgram.ts";
import { byteChanges, changedBytes } from "../kit/mutatedBytes.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { elfOf } from "./elfBytes.ts";
import { memoryFiles } from "./kit.ts";

const PATH = "/usr/bin/shopd";
const read = (bytes: Uint8Array) => readNativeProgram(PATH, memoryFiles({ [PATH]: bytes }));

const SMALL = elfOf([
  { name: ".text", bytes: Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256), executable: true },
  { name: ".rodata", bytes: new TextEncoder().encode("/dev/ttyUSB0\0/home\0sudo\0") },
]);

const mutated = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  byteChanges(bytes.length).map((it) => changedBytes(bytes, it));

function isBounded({ signs, paths }: FileReading): boolean {
  return signs.length < 5000 && paths.length <= 5000;
}

describe("bytes that are no sound program", function () {
  this.timeout(300_000);

  it("never throw, however they are changed or cut", () => {
    fc.assert(
      fc.property(mutated(SMALL), (bytes) => read(bytes).files.every(isBounded)),
      { numRuns: 300 },
    );
  });

  it("never throw where they come from a compiler", function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    const bytes = compiled(
      `int socket(int, int, int); int puts(const char *); int main(int n, char **v) { puts(v[0]); return socket(2, 3, n); }`,
    );
    fc.assert(
      fc.property(mutated(bytes), (it) => read(it).files.every(isBounded)),
      { numRuns: 300 },
    );
  });

  it("are no program without the first bytes of one", () => {
    for (const bytes of [new Uint8Array(0), Uint8Array.of(0x7f, 0x45, 0x4c), new TextEncoder().encode("#!/bin/sh\n")])
      assert.deepEqual(read(bytes), { files: [], unread: [], starts: [] });
  });

  it("are named where their order of bytes is another", () => {
    const bytes = SMALL.slice();
    bytes[5] = 2;
    assert.deepEqual(read(bytes).unread, [{ path: PATH, why: "is machine code of another order of bytes" }]);
  });

  it("say that they hide something: packed code, files after the code, or no code at all", () => {
    const packed = SMALL.slice();
    packed.set(new TextEncoder().encode("UPX!"), 0xe0);
    const carrying = new Uint8Array(SMALL.length + 100_000);
    carrying.set(SMALL);
    assert.deepEqual(hides(packed), ["is packed, so that its code cannot be read"]);
    assert.deepEqual(hides(carrying), ["carries files that are not read"]);
    assert.deepEqual(hides(elfOf([{ name: ".text", bytes: new Uint8Array(64).fill(0x90), executable: true }])), [
      "has no code that could be read",
    ]);
  });

  it("cost no more where their tables claim to be endless, or lie upon each other", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      name: `.t${i}`,
      bytes: new Uint8Array(16).fill(0x2f),
      executable: true,
    }));
    const bytes = elfOf(many);
    const view = new DataView(bytes.buffer);
    const table = Number(view.getBigUint64(40, true));
    for (let i = 1; i <= many.length; i++) {
      view.setBigUint64(table + i * 64 + 24, 0n, true);
      view.setBigUint64(table + i * 64 + 32, 0xffff_ffff_ffffn, true);
    }
    view.setUint16(60, 0xffff, true);
    view.setUint16(56, 0xffff, true);
    assert.ok(read(bytes).files.every(isBounded));
  });
});

describe("machine code for other processors", () => {
  it("shows its texts, and says that constants are not read", () => {
    const [file] = read(
      elfOf(
        [
          { name: ".rodata", bytes: new TextEncoder().encode("\0/dev/ttyUSB0\0") },
          { name: ".text", bytes: new Uint8Array(16), executable: true },
        ],
        243,
      ),
    ).files;
    assert.deepEqual(
      file?.signs.map((it) => it.what),
      ["/dev/ttyUSB0"],
    );
    assert.deepEqual(file?.hides, ["gives its calls constants, which are read for x86-64 and aarch64 alone"]);
  });
});

const hides = (bytes: Uint8Array): readonly string[] => read(bytes).files[0]?.hides ?? [];
