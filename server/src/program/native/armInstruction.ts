/** One instruction of aarch64, taken apart as far as it puts numbers into registers or leads elsewhere; it is filled again for each. */
export interface ArmInstruction {
  kind: number;
  /** The register that it changes or stores, -1 for none, and a second one that it changes, stores or copies. */
  register: number;
  second: number;
  /** The register that it reads from or that has the address, -1 for none. */
  base: number;
  /** Whether it changes the register with the address. */
  movesBase: boolean;
  /** The number in it: what is moved or added, the distance of a jump or of a place in memory. */
  number: number;
  /** Whether registers of 64 bits are meant. */
  wide: boolean;
}

export const emptyArmInstruction = (): ArmInstruction => ({
  ...{ kind: QUIET, register: -1, second: -1, base: -1, movesBase: false, number: 0, wide: false },
});

/** It changes no register that counts. */
export const QUIET = 0;
/** It puts something unknown into its registers. */
export const CHANGE = 1;
/** It puts a number into a register. */
export const MOVE = 2;
/** It puts 16 bits of a register to a number: `second` says from which bit on. */
export const MOVE_PART = 3;
/** It copies `second`. */
export const COPY = 4;
/** It adds a number to `base`. */
export const ADD = 5;
/** It puts an address into a register, at a distance from the instruction, or from the page that it is in. */
export const ADDRESS = 6;
export const PAGE = 7;
/** It loads a register of 64 bits from memory, and stores one or two there. */
export const LOAD_CELL = 8;
export const STORE_CELL = 9;
/** It jumps, also on a condition, calls, or ends; in `base` is the register that says where. */
export const JUMP = 10;
export const BRANCH = 11;
export const CALL = 12;
export const END = 13;
export const SYSTEM = 14;
/** It puts one of two registers into another: `second` where a condition does not hold. */
export const SELECT = 15;

/** The register 31, which is 0 or the stack. */
const NO_REGISTER = 31;

/** Takes an instruction apart; one that is none ends the code. */
export function decodeArm(word: number, out: ArmInstruction): void {
  out.kind = QUIET;
  out.register = word & 31;
  out.second = -1;
  out.base = (word >>> 5) & 31;
  out.movesBase = false;
  out.number = 0;
  out.wide = word >>> 31 === 1;
  const group = (word >>> 25) & 15;
  if ((group & 14) === 8) decodeNumbers(word, out);
  else if ((group & 14) === 10) decodeJumps(word, out);
  else if ((group & 5) === 4) decodeMemory(word, out);
  else if ((group & 7) === 5) decodeRegisters(word, out);
  else if ((group & 7) === 7) out.kind = isFromVector(word) ? CHANGE : QUIET;
  else out.kind = END;
  if (out.register === NO_REGISTER && out.kind >= CHANGE && out.kind <= PAGE) out.kind = QUIET;
}

/** Instructions with a number in them. */
function decodeNumbers(word: number, out: ArmInstruction): void {
  const operation = (word >>> 29) & 3;
  out.kind = CHANGE;
  switch ((word >>> 23) & 7) {
    case 0:
    case 1:
      out.kind = out.wide ? PAGE : ADDRESS;
      out.number = (signed(word >>> 5, 19) * 4 + operation) * (out.wide ? 4096 : 1);
      return;
    case 2: {
      if (out.base === NO_REGISTER) return;
      const number = ((word >>> 10) & 0xfff) * ((word >>> 22) & 1 ? 4096 : 1);
      out.kind = ADD;
      out.number = operation > 1 ? -number : number;
      return;
    }
    case 4:
      if (operation !== 1 || out.base !== NO_REGISTER) return;
      out.kind = MOVE;
      out.number = repeatedBits(word, out.wide);
      return;
    case 5: {
      const shift = ((word >>> 21) & 3) * 16;
      out.kind = operation === 3 ? MOVE_PART : MOVE;
      out.second = shift;
      out.number = (word >>> 5) & 0xffff;
      if (operation === 3) return;
      out.number *= 2 ** shift;
      if (operation === 0) out.number = out.wide ? -out.number - 1 : 0xffff_ffff - out.number;
      out.second = -1;
    }
  }
}

/** The number of an instruction that names it by a run of ones, turned around and repeated. */
function repeatedBits(word: number, wide: boolean): number {
  const turn = (word >>> 16) & 63;
  const run = (word >>> 10) & 63;
  const size = (word >>> 22) & 1 ? 64 : 2 ** (31 - Math.clz32(~run & 63));
  // Such a run is no number.
  if (size < 2) return Number.NaN;
  const ones = (1n << BigInt((run & (size - 1)) + 1)) - 1n;
  const by = BigInt(turn & (size - 1));
  const all = (1n << BigInt(size)) - 1n;
  const element = ((ones >> by) | (ones << (BigInt(size) - by))) & all;
  let bits = element;
  for (let at = size; at < (wide ? 64 : 32); at += size) bits |= element << BigInt(at);
  return Number(wide ? bits : bits & 0xffff_ffffn);
}

function decodeJumps(word: number, out: ArmInstruction): void {
  const top = word >>> 26;
  if (top === 0b000101 || top === 0b100101) {
    out.kind = top === 0b000101 ? JUMP : CALL;
    out.base = -1;
    out.number = signed(word, 26) * 4;
  } else if (word >>> 24 === 0x54 || (word & 0x7e00_0000) === 0x3400_0000) {
    out.kind = BRANCH;
    out.number = signed(word >>> 5, 19) * 4;
  } else if ((word & 0x7e00_0000) === 0x3600_0000) {
    out.kind = BRANCH;
    out.number = signed(word >>> 5, 14) * 4;
  } else if (word >>> 25 === 0x6b) {
    // The ways that only authenticate the address have a bit of their own.
    const way = (word >>> 21) & 7;
    out.kind = way === 0 ? JUMP : way === 1 ? CALL : END;
  } else if (word >>> 24 === 0xd4) {
    out.kind = (word & 0xe0_001f) === 1 ? SYSTEM : END;
  } else if (word >>> 22 === 0x354) out.kind = (word >>> 21) & 1 ? CHANGE : QUIET;
}

function decodeMemory(word: number, out: ArmInstruction): void {
  const isVector = ((word >>> 26) & 1) === 1;
  const way = (word >>> 28) & 3;
  const isLoad = ((word >>> 22) & 1) === 1;
  if (way === 1) {
    // A number next to the code.
    out.kind = isVector ? QUIET : CHANGE;
    return;
  }
  if (way === 0) {
    out.kind = isVector ? QUIET : CHANGE;
    out.second = (word >>> 16) & 31;
    out.movesBase = isVector && ((word >>> 23) & 1) === 1;
    return;
  }
  const mode = (word >>> 23) & 3;
  if (way === 2) {
    out.second = (word >>> 10) & 31;
    out.movesBase = (mode & 1) === 1;
    out.wide = out.wide && !isVector;
    out.number = signed(word >>> 15, 7) * 8;
    out.kind = isVector ? QUIET : isLoad ? CHANGE : STORE_CELL;
    return;
  }
  decodeSingle(word, isVector, out);
}

/** Loads and stores of one register. */
function decodeSingle(word: number, isVector: boolean, out: ArmInstruction): void {
  const size = word >>> 30;
  const operation = (word >>> 22) & 3;
  const isNear = ((word >>> 24) & 1) === 1;
  const form = (word >>> 10) & 3;
  const isOffset = ((word >>> 21) & 1) === 1;
  out.movesBase = !isNear && !isOffset && (form & 1) === 1;
  out.wide = size === 3 && !isVector;
  if (isVector || (size === 3 && operation > 1)) return;
  if (!isNear && isOffset) {
    // An atomic operation gives back what was there.
    out.kind = operation === 0 && form === 2 ? STORE_CELL : CHANGE;
    out.base = -1;
    return;
  }
  out.number = isNear ? ((word >>> 10) & 0xfff) * 2 ** size : signed(word >>> 12, 9);
  if (operation === 0) out.kind = STORE_CELL;
  else out.kind = out.wide && isNear ? LOAD_CELL : CHANGE;
}

/** Instructions with registers alone. */
function decodeRegisters(word: number, out: ArmInstruction): void {
  const isConditional = (word & 0x1fe0_0000) === 0x1a40_0000;
  if (isConditional) return;
  out.second = (word >>> 16) & 31;
  out.kind = SELECT;
  if ((word & 0x7fe0_0c00) === 0x1a80_0000) return;
  out.kind = CHANGE;
  out.second = -1;
  // `orr x0, xzr, x1`, as registers are copied.
  if ((word & 0x7fe0_ffe0) !== 0x2a00_03e0) return;
  out.second = (word >>> 16) & 31;
  out.kind = out.second === NO_REGISTER ? MOVE : COPY;
}

/** Whether an instruction puts a part of a vector into a register. */
const isFromVector = (word: number): boolean =>
  (word & 0x7f20_fc00) === 0x1e20_0000 ||
  (word & 0x7f20_0000) === 0x1e00_0000 ||
  (word & 0xbfe0_fc00) === 0x0e00_3c00 ||
  (word & 0xbfe0_fc00) === 0x0e00_2c00;

const signed = (bits: number, size: number): number => (bits << (32 - size)) >> (32 - size);
