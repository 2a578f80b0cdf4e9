/** One instruction of x86-64, taken apart as far as its length and its operands need; it is filled again for each. */
export interface X86Instruction {
  /** 0 for bytes that are no instruction. */
  length: number;
  /** 0 for opcodes of one byte, 1 after 0F, 2 after 0F 38, 3 after 0F 3A. */
  map: number;
  opcode: number;
  /** Whether it is a vector instruction with a prefix of its own, and the register that the prefix names. */
  vector: boolean;
  vectorRegister: number;
  hasOperands: boolean;
  mode: number;
  register: number;
  /** The second register, or the base of an address in memory. */
  base: number;
  /** Whether the address is relative to the next instruction. */
  relative: boolean;
  displacement: number;
  /** The number in the instruction, with its sign; NaN for none. */
  immediate: number;
  wide: boolean;
}

export const emptyInstruction = (): X86Instruction => ({
  length: 0,
  map: 0,
  opcode: 0,
  vector: false,
  vectorRegister: 0,
  hasOperands: false,
  mode: 0,
  register: 0,
  base: 0,
  relative: false,
  displacement: 0,
  immediate: Number.NaN,
  wide: false,
});

/** What follows an opcode: i8, i32 (16 bits with the prefix 66) and the like; M for operands. */
const NONE = 0;
const M = 1;
const I8 = 2;
const I16 = 4;
const I32 = 8;
const MOFFS = 16;
const BAD = 32;

const ONE_BYTE = new Uint8Array(256);
const TWO_BYTES = new Uint8Array(256).fill(M);

function fill(table: Uint8Array, what: number, ...ranges: readonly (number | readonly [number, number])[]): void {
  for (const range of ranges) {
    const [from, to] = typeof range === "number" ? [range, range] : range;
    table.fill(what, from, to + 1);
  }
}

for (let group = 0; group < 0x40; group += 8) {
  fill(ONE_BYTE, M, [group, group + 3]);
  fill(ONE_BYTE, I8, group + 4);
  fill(ONE_BYTE, I32, group + 5);
  fill(ONE_BYTE, BAD, [group + 6, group + 7]);
}
fill(ONE_BYTE, BAD, [0x60, 0x62], 0x82, 0x9a, [0xd4, 0xd6], 0xea, 0xce);
fill(ONE_BYTE, M, 0x63, [0x84, 0x8f], [0xd0, 0xd3], [0xd8, 0xdf], 0xf6, 0xf7, 0xfe, 0xff);
fill(ONE_BYTE, M | I8, 0x6b, 0x80, 0x83, 0xc0, 0xc1, 0xc6);
fill(ONE_BYTE, M | I32, 0x69, 0x81, 0xc7);
fill(ONE_BYTE, I8, 0x6a, [0x70, 0x7f], 0xa8, [0xb0, 0xb7], 0xcd, [0xe0, 0xe7], 0xeb);
fill(ONE_BYTE, I32, 0x68, 0xa9, [0xb8, 0xbf], 0xe8, 0xe9);
fill(ONE_BYTE, I16, 0xc2, 0xca);
fill(ONE_BYTE, I16 | I8, 0xc8);
fill(ONE_BYTE, MOFFS, [0xa0, 0xa3]);
fill(TWO_BYTES, NONE, [0x05, 0x09], 0x0b, 0x0e, [0x30, 0x37], 0x77, [0xa0, 0xa2], [0xa8, 0xaa], [0xc8, 0xcf]);
fill(TWO_BYTES, BAD, 0x04, 0x0a, 0x0c, 0x0f, [0x24, 0x27], 0x39, [0x3b, 0x3f], 0x7a, 0x7b, 0xa6, 0xa7);
fill(TWO_BYTES, M | I8, [0x70, 0x73], 0xa4, 0xac, 0xba, 0xc2, [0xc4, 0xc6]);
fill(TWO_BYTES, I32, [0x80, 0x8f]);

/** Takes the instruction at a place apart. */
export function decodeX86(bytes: Uint8Array, start: number, out: X86Instruction): void {
  let at = start;
  let rex = 0;
  let short = false;
  out.length = 0;
  out.map = 0;
  out.vector = false;
  out.vectorRegister = 0;
  out.relative = false;
  out.displacement = 0;
  out.immediate = Number.NaN;
  let opcode = bytes[at++] ?? 0;
  while (isPrefix(opcode) && at - start < 14) {
    if (opcode === 0x66) short = true;
    opcode = bytes[at++] ?? 0;
  }
  if ((opcode & 0xf0) === 0x40) {
    rex = opcode;
    opcode = bytes[at++] ?? 0;
  }
  let follows: number;
  if (opcode === 0xc5 || opcode === 0xc4 || opcode === 0x62) {
    const first = bytes[at] ?? 0;
    const size = opcode === 0xc5 ? 1 : opcode === 0xc4 ? 2 : 3;
    const middle = bytes[at + (size > 1 ? 1 : 0)] ?? 0;
    rex = (first & 0x80 ? 0 : 4) | (size > 1 && !(first & 0x20) ? 1 : 0);
    out.map = size === 1 ? 1 : first & (size === 2 ? 0x1f : 7);
    out.vector = true;
    out.vectorRegister = (~middle >> 3) & 15;
    at += size;
    opcode = bytes[at++] ?? 0;
    follows =
      out.map === 1 ? (TWO_BYTES[opcode] ?? BAD) : out.map === 3 ? M | I8 : out.map === 0 || out.map > 6 ? BAD : M;
  } else if (opcode === 0x0f) {
    opcode = bytes[at++] ?? 0;
    out.map = opcode === 0x38 ? 2 : opcode === 0x3a ? 3 : 1;
    if (out.map > 1) opcode = bytes[at++] ?? 0;
    follows = out.map === 1 ? (TWO_BYTES[opcode] ?? BAD) : out.map === 2 ? M : M | I8;
  } else follows = ONE_BYTE[opcode] ?? BAD;
  if (follows & BAD) return;
  out.opcode = opcode;
  out.wide = (rex & 8) !== 0;
  out.hasOperands = (follows & M) !== 0;
  if (out.hasOperands) {
    at = operands(bytes, at, rex, out);
    if (out.map === 0 && (opcode & 0xfe) === 0xf6 && (out.register & 7) < 2) follows |= opcode === 0xf6 ? I8 : I32;
  } else out.base = (opcode & 7) | (rex & 1 ? 8 : 0);
  at = numbers(bytes, at, follows, short && !out.wide, out);
  if (at > bytes.length || at - start > 15) return;
  out.length = at - start;
}

const isPrefix = (byte: number): boolean =>
  byte === 0x66 ||
  byte === 0xf3 ||
  byte === 0xf2 ||
  byte === 0x67 ||
  byte === 0xf0 ||
  byte === 0x2e ||
  byte === 0x36 ||
  byte === 0x3e ||
  byte === 0x26 ||
  byte === 0x64 ||
  byte === 0x65;

/** Reads the bytes that name registers and an address, and returns where they end. */
function operands(bytes: Uint8Array, start: number, rex: number, out: X86Instruction): number {
  let at = start;
  const byte = bytes[at++] ?? 0;
  out.mode = byte >> 6;
  out.register = ((byte >> 3) & 7) | (rex & 4 ? 8 : 0);
  out.base = (byte & 7) | (rex & 1 ? 8 : 0);
  if (out.mode === 3) return at;
  let far = out.mode === 2;
  if ((byte & 7) === 4) {
    const index = bytes[at++] ?? 0;
    out.base = (index & 7) | (rex & 1 ? 8 : 0);
    if (out.mode === 0 && (index & 7) === 5) far = true;
  } else if (out.mode === 0 && (byte & 7) === 5) {
    far = true;
    out.relative = true;
  }
  if (far) {
    out.displacement = signed32(bytes, at);
    return at + 4;
  }
  if (out.mode === 1) out.displacement = ((bytes[at++] ?? 0) << 24) >> 24;
  return at;
}

function numbers(bytes: Uint8Array, start: number, follows: number, short: boolean, out: X86Instruction): number {
  let at = start;
  if (follows & I16) {
    out.immediate = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    at += 2;
  }
  if (follows & I8) out.immediate = ((bytes[at++] ?? 0) << 24) >> 24;
  if (follows & MOFFS) at += 8;
  if (!(follows & I32)) return at;
  const isJump = out.map === 1 || (out.opcode & 0xfe) === 0xe8;
  if (short && !isJump) {
    out.immediate = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    return at + 2;
  }
  out.immediate = signed32(bytes, at);
  if (!out.wide || out.map !== 0 || (out.opcode & 0xf8) !== 0xb8) return at + 4;
  out.immediate = (out.immediate >>> 0) + (signed32(bytes, at + 4) >>> 0) * 0x1_0000_0000;
  return at + 8;
}

const signed32 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
