import type { Registers } from "./registers.ts";
import type { X86Instruction } from "./x86Instruction.ts";

/** Numbers of registers as instructions of x86-64 name them. */
export const RAX = 0;
export const RBX = 3;
export const RCX = 1;
const RDX = 2;
const RSP = 4;
const RSI = 6;
export const RDI = 7;

/** The registers of the first six arguments of a call. */
export const ARGUMENTS: readonly number[] = [RDI, RSI, RDX, RCX, 8, 9];

/** The address that an instruction names relative to itself. */
export const namedAddress = (it: X86Instruction, next: number): number => next + it.displacement;

/** Follows one instruction that neither jumps nor calls: a number that it puts into a register is known, all else that it changes is not. */
export function followInstruction(it: X86Instruction, at: number, registers: Registers): void {
  if (it.vector) {
    forgetVector(it, registers);
    return;
  }
  if (it.map === 0) {
    followPlain(it, at, registers);
    return;
  }
  if (it.map > 1) {
    forgetBoth(it, registers);
    return;
  }
  followLong(it, registers);
}

function followPlain(it: X86Instruction, at: number, registers: Registers): void {
  const { opcode, mode, register, base } = it;
  const same = mode === 3 && register === base;
  if (opcode < 0x40) {
    arithmetic(it, at, same, registers);
    return;
  }
  if (opcode < 0x50) return;
  if (opcode < 0x58) return;
  if (opcode < 0x60) {
    registers.pop(base);
    return;
  }
  switch (opcode) {
    case 0x89:
      if (mode === 3) registers.copy(register, base, it.wide);
      return;
    case 0x8b:
      if (mode === 3) registers.copy(base, register, it.wide);
      else registers.forget(register);
      return;
    case 0x8d:
      if (it.relative) registers.set(register, namedAddress(it, at + it.length), at);
      else registers.forget(register);
      return;
    case 0xc7:
      if (mode === 3) registers.set(base, it.wide ? it.immediate : it.immediate >>> 0, at);
      return;
    case 0x83:
      // `or $-1`, which compilers choose for its length.
      if (mode === 3 && (register & 7) === 1 && it.immediate === -1) {
        registers.set(base, -1, at);
        return;
      }
  }
  if (opcode >= 0xb8 && opcode < 0xc0) {
    registers.set(base, it.wide ? it.immediate : it.immediate >>> 0, at);
    return;
  }
  forgetPlain(it, registers);
}

function arithmetic(it: X86Instruction, at: number, same: boolean, registers: Registers): void {
  const group = it.opcode & 0x38;
  if (group === 0x38) return;
  if (same && (it.opcode & 7) < 4 && (group === 0x30 || group === 0x28)) {
    registers.set(it.base, 0, at);
    return;
  }
  const way = it.opcode & 7;
  if (way > 3) registers.forget(RAX);
  else if (way > 1) registers.forget(it.register);
  else if (it.mode === 3) registers.forget(it.base);
}

/** Opcodes of one byte that change no register. */
const QUIET = new Set([0x68, 0x6a, 0x84, 0x85, 0x90, 0x9b, 0x9c, 0xa8, 0xa9, 0xf4, 0xf5, 0xe6, 0xe7, 0xee, 0xef]);

function forgetPlain(it: X86Instruction, registers: Registers): void {
  const { opcode, mode } = it;
  if (QUIET.has(opcode) || (opcode >= 0xf8 && opcode < 0xfe)) return;
  if (opcode >= 0xb0 && opcode < 0xb8) {
    registers.forget(it.base);
    registers.forget(it.base & 3);
    return;
  }
  if (!it.hasOperands) {
    registers.forgetAll();
    return;
  }
  const extension = it.register & 7;
  const isCompare =
    (opcode >= 0x80 && opcode <= 0x83 && extension === 7) || (opcode >= 0xf6 && opcode < 0xf8 && extension < 2);
  if (isCompare) return;
  if (opcode === 0x63 || opcode === 0x69 || opcode === 0x6b || opcode === 0x8a) {
    registers.forget(it.register);
    return;
  }
  if (opcode === 0x86 || opcode === 0x87) registers.forget(it.register);
  if ((opcode >= 0xf6 && opcode < 0xf8 && extension > 3) || (opcode >= 0xd8 && opcode < 0xe0)) {
    registers.forget(RAX);
    registers.forget(RDX);
  }
  if (mode === 3) registers.forget(it.base);
}

/** Opcodes after 0F that change vector registers or nothing. */
const isQuietLong = (opcode: number): boolean =>
  (opcode >= 0x10 && opcode < 0x20) ||
  (opcode >= 0x28 && opcode < 0x2c) ||
  (opcode >= 0x2e && opcode < 0x30) ||
  (opcode >= 0x51 && opcode < 0x7e) ||
  opcode === 0x7f ||
  opcode === 0xa3 ||
  opcode === 0xae ||
  opcode === 0xc2 ||
  opcode === 0xc3 ||
  opcode === 0xc4 ||
  opcode === 0xc6 ||
  (opcode >= 0xd0 && opcode !== 0xd7);

function followLong(it: X86Instruction, registers: Registers): void {
  const { opcode } = it;
  if (isQuietLong(opcode)) return;
  if (opcode >= 0xc8 && opcode < 0xd0) {
    registers.forget(it.base);
    return;
  }
  if (!it.hasOperands || opcode === 0x01) {
    registers.forgetAll();
    return;
  }
  if ((opcode & 0xf0) === 0x90 || opcode === 0x7e) {
    if (it.mode === 3) registers.forget(it.base);
    return;
  }
  if ((opcode & 0xfe) === 0xb0 || opcode === 0xc7) {
    registers.forget(RAX);
    registers.forget(RDX);
  }
  forgetBoth(it, registers);
}

function forgetBoth(it: X86Instruction, registers: Registers): void {
  registers.forget(it.register);
  if (it.mode === 3) registers.forget(it.base);
}

function forgetVector(it: X86Instruction, registers: Registers): void {
  forgetBoth(it, registers);
  registers.forget(it.vectorRegister);
  registers.forget(RSP);
}
