import { type ElfFile, partsOf } from "./elf.ts";
import { ARGUMENTS, follow, namedAddress, RAX, Registers, type SavedRegisters } from "./registers.ts";
import { decodeX86, emptyInstruction, type X86Instruction } from "./x86Instruction.ts";

/** Where code calls something, with what stands there for its first arguments; undefined is what comes from elsewhere. */
export interface CallPlace {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

/** What code does with an address or a text that it names. */
export interface CodeVisitor {
  /** The name of what stands at an address that is called or jumped to. */
  called(address: number): string | undefined;
  /** The name of what a cell of memory leads to. */
  inCell(address: number): string | undefined;
  /** An address that code takes without calling it there. */
  takes(address: number): void;
  /** One instruction, after the registers know what it did. */
  visits?(it: X86Instruction, at: number, registers: Registers): void;
}

const SYSTEM_CALL = "syscall instruction";

/** A call with the places where its arguments were set, for jumps back that lead in between. */
interface CandidateCall {
  readonly name: string;
  readonly at: number;
  readonly values: Float64Array;
  readonly since: Float64Array;
}

/** How far ahead a jump is remembered: functions are shorter than that. */
const FAR = 0x2_0000;

/**
 * Follows all instructions once, in their order, and gives the calls of named functions and the system calls. What a
 * register holds counts only where each way to the call agrees: jumps ahead are met where they lead, and jumps back
 * that lead between the number and the call are looked for afterwards.
 */
export function walkCode(elf: ElfFile, visitor: CodeVisitor): readonly CallPlace[] {
  const calls: CandidateCall[] = [];
  const back: number[] = [];
  for (const { offset, size, address } of partsOf(elf, true)) {
    const bytes = elf.file.bytes.subarray(offset, offset + size);
    walkPart(bytes, address, visitor, calls, back);
  }
  const targets = Float64Array.from(back).sort();
  return calls.map((it) => settled(it, targets));
}

function walkPart(
  bytes: Uint8Array,
  address: number,
  visitor: CodeVisitor,
  calls: CandidateCall[],
  back: number[],
): void {
  const it = emptyInstruction();
  const registers = new Registers();
  const ahead = new Map<number, SavedRegisters | undefined>();
  let reached = false;
  const jump = (target: number, at: number): void => {
    if (target <= at) back.push(target);
    else if (target - at < FAR) {
      const before = ahead.get(target);
      if (!ahead.has(target)) ahead.set(target, registers.saved());
      else if (before) ahead.set(target, common(before, registers));
    }
  };
  for (let i = 0; i < bytes.length; i += it.length || 1) {
    const at = address + i;
    if (ahead.size > 0 && ahead.has(at)) {
      if (reached) registers.meet(ahead.get(at));
      else registers.restore(ahead.get(at));
      ahead.delete(at);
    } else if (!reached) registers.forgetAll();
    reached = true;
    decodeX86(bytes, i, it);
    if (it.length === 0) {
      reached = false;
      continue;
    }
    const next = at + it.length;
    const end = flow(it, next, visitor);
    if (end.name !== undefined)
      calls.push({ name: end.name, at, values: registers.values.slice(), since: registers.since.slice() });
    if (end.target !== undefined) jump(end.target, at);
    if (end.kind === CALLS) registers.forgetAll();
    else if (end.kind === ENDS) reached = false;
    else if (end.kind === GOES_ON) {
      const pushed = it.map === 0 && it.opcode === 0x6a ? popped(bytes, i + it.length) : undefined;
      follow(it, at, registers);
      if (pushed !== undefined) {
        registers.set(pushed.register, it.immediate, at);
        it.length += pushed.length;
      }
      if (it.hasOperands && it.relative) visitor.takes(namedAddress(it, next));
      else if (it.opcode >= 0xb8 && it.opcode < 0xc8 && it.map === 0) visitor.takes(it.immediate);
      visitor.visits?.(it, at, registers);
    }
  }
}

const GOES_ON = 0;
const CALLS = 1;
const BRANCHES = 2;
const ENDS = 3;

interface Flow {
  readonly kind: number;
  readonly name?: string | undefined;
  readonly target?: number;
}

const STRAIGHT: Flow = { kind: GOES_ON };
const END: Flow = { kind: ENDS };

/** Where the code goes after an instruction. */
function flow(it: X86Instruction, next: number, visitor: CodeVisitor): Flow {
  const { opcode } = it;
  if (it.vector) return STRAIGHT;
  if (it.map === 1) {
    if (opcode === 0x05) return { kind: CALLS, name: SYSTEM_CALL };
    if (opcode === 0x0b) return END;
    return (opcode & 0xf0) === 0x80 ? { kind: BRANCHES, target: next + it.immediate } : STRAIGHT;
  }
  if (it.map !== 0) return STRAIGHT;
  if ((opcode & 0xf0) === 0x70 || (opcode & 0xfc) === 0xe0) return { kind: BRANCHES, target: next + it.immediate };
  if (opcode === 0xe8) return { kind: CALLS, name: visitor.called(next + it.immediate) };
  if (opcode === 0xe9 || opcode === 0xeb) {
    const name = visitor.called(next + it.immediate);
    return name === undefined ? { kind: ENDS, target: next + it.immediate } : { kind: ENDS, name };
  }
  if ((opcode & 0xf6) === 0xc2 || opcode === 0xf4 || opcode === 0xcc) return END;
  const way = it.register & 7;
  if (opcode !== 0xff || way < 2 || way > 5) return STRAIGHT;
  const name = it.relative ? visitor.inCell(namedAddress(it, next)) : undefined;
  return { kind: way < 4 ? CALLS : ENDS, name };
}

/** The register that a `pop` after a `push` of a number takes it to. */
function popped(bytes: Uint8Array, at: number): { register: number; length: number } | undefined {
  const byte = bytes[at] ?? 0;
  const next = bytes[at + 1] ?? 0;
  if ((byte & 0xf8) === 0x58) return { register: byte & 7, length: 1 };
  return byte === 0x41 && (next & 0xf8) === 0x58 ? { register: (next & 7) + 8, length: 2 } : undefined;
}

function common(saved: SavedRegisters, registers: Registers): SavedRegisters | undefined {
  const copy = new Registers();
  copy.restore(saved);
  copy.meet({ values: registers.values, since: registers.since });
  return copy.saved();
}

/** The call with those arguments that no jump back leads past. */
function settled({ name, at, values, since }: CandidateCall, targets: Float64Array): CallPlace {
  const known = (register: number): number | undefined => {
    const value = values[register] ?? Number.NaN;
    const target = targets[firstAbove(targets, since[register] ?? 0)];
    return Number.isNaN(value) || (target !== undefined && target <= at) ? undefined : value;
  };
  return { name, values: name === SYSTEM_CALL ? [known(RAX), ...ARGUMENTS.map(known)] : ARGUMENTS.map(known) };
}

/** The index of the first number above another in a sorted list. */
function firstAbove(list: Float64Array, number: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

export const isSystemCall = ({ name }: CallPlace): boolean => name === SYSTEM_CALL;
