import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ArmProcessor } from "../../server/src/program/native/armProcessor.ts";
import { type CallPlace, walkCode } from "../../server/src/program/native/codeWalk.ts";
import { parseElf } from "../../server/src/program/native/elf.ts";
import { readMachineCode } from "../../server/src/program/native/machineCode.ts";
import { readOwnFile } from "../../server/src/program/native/nativeFile.ts";
import { stubsOf } from "../../server/src/program/native/stubs.ts";
import { addressesOf, elfOf } from "./elfBytes.ts";

const AARCH64 = 183;
const [TEXT = 0] = addressesOf([{ name: ".text", bytes: new Uint8Array() }]);
const PAGE = TEXT - (TEXT % 4096);

/** Instructions by the manual of the processor; registers are numbers, distances are in instructions. */
const mov = (to: number, number: number): number => 0xd280_0000 + number * 32 + to;
const movk = (to: number, number: number, part: number): number => 0xf280_0000 + part * 0x20_0000 + number * 32 + to;
const copy = (to: number, from: number): number => 0xaa00_03e0 + from * 0x1_0000 + to;
const adrp = (to: number, pages: number): number => 0x9000_0000 + (pages & 3) * 0x2000_0000 + (pages >> 2) * 32 + to;
const add = (to: number, from: number, number: number): number => 0x9100_0000 + number * 1024 + from * 32 + to;
const ldr = (to: number, from: number, place: number): number => 0xf940_0000 + (place / 8) * 1024 + from * 32 + to;
const bl = (far: number): number => (0x9400_0000 | (far & 0x3ff_ffff)) >>> 0;
const cbz = (register: number, far: number): number => (0xb400_0000 | ((far & 0x7_ffff) << 5) | register) >>> 0;
const blr = (register: number): number => 0xd63f_0000 + register * 32;
const select = (to: number, one: number, other: number): number => 0x9a80_1000 + other * 0x1_0000 + one * 32 + to;
const RET = 0xd65f_03c0;
const SVC = 0xd400_0001;
/** `orr w2, wzr, #7`, which names a run of ones. */
const SEVEN = 0x3200_0be2;

const bytesOf = (words: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);
const programOf = (words: readonly number[]): Uint8Array =>
  elfOf([{ name: ".text", bytes: bytesOf(words), executable: true }], AARCH64);

/** What stands at some addresses, which calls and cells lead to. */
interface Names {
  readonly called?: Readonly<Record<number, string>>;
  readonly inCell?: Readonly<Record<number, string>>;
}

function calls(words: readonly number[], { called = {}, inCell = {} }: Names): readonly CallPlace[] {
  const elf = parseElf(programOf(words));
  assert.ok(elf);
  const visitor = {
    called: (it: number) => called[it],
    inCell: (it: number) => inCell[it],
    ...{ takes: () => undefined, passes: () => undefined, near: () => [], visits: () => undefined },
  };
  return walkCode(elf, new ArmProcessor(), visitor, true);
}

const valuesOf = (words: readonly number[], names: Names): readonly (readonly unknown[])[] =>
  calls(words, names).map(({ name, values }) => [name, ...values.slice(0, 3)]);

/** An address before the code, as a stub has one. */
const STUB = TEXT - 4;
const called = { [STUB]: "zorb" };

describe("machine code of aarch64", () => {
  it("puts numbers into registers before a call", () => {
    assert.deepEqual(valuesOf([mov(0, 17), mov(1, 3), SEVEN, bl(-4)], { called }), [["zorb", 17, 3, 7]]);
    const parts = [mov(0, 0x2f), movk(0, 0x6d74, 1), copy(1, 0), mov(2, 0), bl(-5)];
    assert.deepEqual(valuesOf(parts, { called }), [["zorb", 0x6d74002f, 0x6d74002f, 0]]);
  });

  it("names an address by its page", () => {
    const found = valuesOf([adrp(0, 2), add(0, 0, 0x123), add(1, 31, 8), bl(-4)], { called });
    assert.deepEqual(found, [["zorb", PAGE + 2 * 4096 + 0x123, undefined, undefined]]);
  });

  it("knows nothing of registers after a call, but of those that functions put back", () => {
    const found = valuesOf([mov(0, 1), mov(19, 5), bl(-3), copy(1, 19), bl(-5)], { called });
    assert.deepEqual(found.at(-1), ["zorb", undefined, 5, undefined]);
  });

  it("knows what is the same on each way to a call", () => {
    const code = [mov(0, 1), mov(1, 2), cbz(3, 2), mov(1, 3), bl(-5)];
    assert.deepEqual(valuesOf(code, { called }), [["zorb", 1, undefined, undefined]]);
  });

  it("is called through a register that a cell was loaded into", () => {
    const inCell = { [PAGE + 4096 + 0x20]: "zorb" };
    const found = valuesOf([adrp(8, 1), ldr(8, 8, 0x20), mov(0, 9), blr(8), RET], { inCell });
    assert.deepEqual(found, [["zorb", 9, undefined, undefined]]);
  });

  it("is called through the short pieces of code for imports, with a landing place or not", () => {
    const BTI = 0xd503_245f;
    const piece = [adrp(16, 1), ldr(17, 16, 0x18), add(16, 16, 0x18), 0xd61f_0220];
    const elf = parseElf(
      elfOf([{ name: ".plt", bytes: bytesOf([...piece, BTI, ...piece]), executable: true }], AARCH64),
    );
    assert.ok(elf);
    const stubs = stubsOf(elf, new Map([[PAGE + 4096 + 0x18, "zorb"]]));
    assert.deepEqual(
      [...stubs.keys()].map((it) => it - TEXT),
      [0, 20, 16],
    );
  });

  it("makes system calls by their numbers", () => {
    const socket = [mov(0, 17), mov(1, 3), mov(2, 0), mov(8, 198), SVC, RET];
    const found = readOwnFile("/opt/zorb", programOf(socket))?.reading;
    assert.deepEqual(found?.hides, []);
    assert.deepEqual(
      found?.signs.map(({ sign, what }) => `${sign} ${what}`),
      ["packets AF_PACKET"],
    );
  });

  it("names texts by address and length, also in place of an empty one", () => {
    const words = [mov(1, 4), mov(2, 5), select(1, 1, 2), adrp(2, 3), add(2, 2, 8), select(0, 0, 2), RET];
    words.unshift(adrp(0, 2), add(0, 0, 16));
    const elf = parseElf(programOf(words));
    const code = elf && readMachineCode(elf, undefined, { isSought: () => true, counts: true, full: true });
    assert.deepEqual(
      [...(code?.lengths ?? [])],
      [
        [PAGE + 2 * 4096 + 16, new Set([4])],
        [PAGE + 3 * 4096 + 8, new Set([5])],
      ],
    );
  });

  it("has short texts in its instructions", () => {
    const proc = [mov(0, 0x702f), movk(0, 0x6f72, 1), movk(0, 0x63, 2), SVC];
    const signs = readOwnFile("/opt/zorb", programOf(proc))?.reading.signs.map((it) => it.what);
    assert.deepEqual(signs, ["/proc"]);
  });

  it("is read whatever stands in it", () => {
    const words = Array.from({ length: 1 << 16 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);
    assert.ok(readOwnFile("/opt/zorb", programOf(words)));
  });
});
