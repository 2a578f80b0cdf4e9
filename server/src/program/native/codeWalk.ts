import { type ElfFile, loadedParts } from "./elf.ts";
import { ARGUMENTS, followInstruction, namedAddress, RAX, Registers, type SavedRegisters } from "./registers.ts";
import { decodeX86, emptyInstruction, type X86Instruction } from "./x86Instruction.ts";

/** Where code calls something, with what stands there for its first arguments; undefined is what comes from elsewhere. */
export interface CallPlace {
  readonly name: string;
  readonly at: number;
  readonly values: readonly (number | undefined)[];
  /** What the register RAX holds, the number of a system call. */
  readonly number: number | undefined;
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
  visits(it: X86Instruction, at: number, registers: Registers): void;
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
 * that lead between the number and the call are looked for afterwards. Without `meets` jumps do not count.
 */
export function walkCode(elf: ElfFile, visitor: CodeVisitor, meets: boolean): readonly CallPlace[] {
  const walk = new CodeWalk(visitor, meets);
  for (const { offset, size, address } of loadedParts(elf, true))
    walk.follow(elf.file.bytes.subarray(offset, offset + size), address);
  const targets = Float64Array.from(walk.back).sort();
  return walk.calls.map((it) => settled(it, targets));
}

class CodeWalk {
  readonly calls: CandidateCall[] = [];
  /** Where jumps back lead. */
  readonly back: number[] = [];
  readonly #visitor: CodeVisitor;
  readonly #meets: boolean;
  readonly #registers = new Registers();
  readonly #ahead = new Map<number, SavedRegisters | undefined>();
  readonly #flow: Flow = { kind: GOES_ON, name: undefined, target: -1 };
  #reached = false;

  constructor(visitor: CodeVisitor, meets: boolean) {
    this.#visitor = visitor;
    this.#meets = meets;
  }

  follow(bytes: Uint8Array, address: number): void {
    const it = emptyInstruction();
    const flow = this.#flow;
    this.#reached = false;
    this.#ahead.clear();
    for (let i = 0; i < bytes.length; i += it.length || 1) {
      const at = address + i;
      this.#arrive(at);
      decodeX86(bytes, i, it);
      this.#reached = it.length > 0;
      if (!this.#reached) continue;
      setFlow(it, at + it.length, this.#visitor, flow);
      if (flow.name !== undefined) this.#call(flow.name, at);
      if (flow.target >= 0 && this.#meets) this.#jump(flow.target, at);
      if (flow.kind === GOES_ON) this.#goOn(bytes, i, at, it);
      else if (flow.kind === CALLS) this.#registers.forgetAll();
      else this.#reached = flow.kind === BRANCHES;
    }
  }

  #arrive(at: number): void {
    if (this.#ahead.size > 0 && this.#ahead.has(at)) {
      const saved = this.#ahead.get(at);
      if (this.#reached) this.#registers.meet(saved);
      else this.#registers.restore(saved);
      this.#ahead.delete(at);
    } else if (!this.#reached) this.#registers.forgetAll();
  }

  #call(name: string, at: number): void {
    const { values, since } = this.#registers;
    this.calls.push({ name, at, values: values.slice(), since: since.slice() });
  }

  #jump(target: number, at: number): void {
    if (target <= at) this.back.push(target);
    else if (target - at < FAR) {
      const before = this.#ahead.get(target);
      if (!this.#ahead.has(target)) this.#ahead.set(target, this.#registers.saved());
      else if (before) this.#ahead.set(target, common(before, this.#registers));
    }
  }

  #goOn(bytes: Uint8Array, i: number, at: number, it: X86Instruction): void {
    const next = at + it.length;
    const pushed = it.map === 0 && it.opcode === 0x6a ? popped(bytes, i + it.length) : undefined;
    followInstruction(it, at, this.#registers);
    if (pushed !== undefined) {
      this.#registers.set(pushed.register, it.immediate, at);
      it.length += pushed.length;
    }
    if (it.hasOperands && it.relative) this.#visitor.takes(namedAddress(it, next));
    else if (it.opcode >= 0xb8 && it.opcode < 0xc8 && it.map === 0) this.#visitor.takes(it.immediate);
    this.#visitor.visits(it, at, this.#registers);
  }
}

const GOES_ON = 0;
const CALLS = 1;
const BRANCHES = 2;
const ENDS = 3;

/** Where the code goes after an instruction, filled again for each. */
interface Flow {
  kind: number;
  name: string | undefined;
  target: number;
}

function setFlow(it: X86Instruction, next: number, visitor: CodeVisitor, flow: Flow): void {
  const { opcode } = it;
  flow.kind = GOES_ON;
  flow.name = undefined;
  flow.target = -1;
  if (it.vector || it.map > 1) return;
  if (it.map === 1) {
    if (opcode === 0x05) {
      flow.kind = CALLS;
      flow.name = SYSTEM_CALL;
    } else if (opcode === 0x0b) flow.kind = ENDS;
    else if ((opcode & 0xf0) === 0x80) {
      flow.kind = BRANCHES;
      flow.target = next + it.immediate;
    }
  } else if ((opcode & 0xf0) === 0x70 || (opcode & 0xfc) === 0xe0) {
    flow.kind = BRANCHES;
    flow.target = next + it.immediate;
  } else if (opcode === 0xe8 || opcode === 0xe9 || opcode === 0xeb) {
    flow.kind = opcode === 0xe8 ? CALLS : ENDS;
    flow.name = visitor.called(next + it.immediate);
    if (flow.kind === ENDS && flow.name === undefined) flow.target = next + it.immediate;
  } else if ((opcode & 0xf6) === 0xc2 || opcode === 0xf4 || opcode === 0xcc) flow.kind = ENDS;
  else if (opcode === 0xff) {
    const way = it.register & 7;
    if (way < 2 || way > 5) return;
    flow.kind = way < 4 ? CALLS : ENDS;
    flow.name = it.relative ? visitor.inCell(namedAddress(it, next)) : undefined;
  }
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
function settled({ name, at, values: held, since }: CandidateCall, targets: Float64Array): CallPlace {
  const known = (register: number): number | undefined => {
    const value = held[register] ?? Number.NaN;
    const target = targets[firstAbove(targets, since[register] ?? 0)];
    return Number.isNaN(value) || (target !== undefined && target <= at) ? undefined : value;
  };
  const values = ARGUMENTS.map(known);
  return { name, at, number: known(RAX), values };
}

/** The index of the first number above another in a sorted list. */
export function firstAbove(list: Float64Array, number: number): number {
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
