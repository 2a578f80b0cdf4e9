import { type ElfFile, loadedParts } from "./elf.ts";
import { ARGUMENTS, followInstruction, namedAddress, RAX, RBX, Registers, type SavedRegisters } from "./registers.ts";
import { decodeX86, emptyInstruction, type X86Instruction } from "./x86Instruction.ts";

/** Where code calls something, with what stands there for its first arguments; undefined is what comes from elsewhere. */
export interface CallPlace {
  readonly name: string;
  readonly at: number;
  readonly values: readonly (number | undefined)[];
  /** What the register RAX holds: the number of a system call, or the first argument in Go. */
  readonly number: number | undefined;
  /** What the register RBX holds: in Go the length of a text that is the first argument. */
  readonly length: number | undefined;
}

/** What code does with an address or a text that it names. */
export interface CodeVisitor {
  /** The name of what stands at an address that is called or jumped to. */
  called(address: number): string | undefined;
  /** The name of what a cell of memory leads to. */
  inCell(address: number): string | undefined;
  /** An address that code takes without calling it there. */
  takes(address: number): void;
  /** A function whose address goes where it is not followed. */
  passes(name: string): void;
  /** One instruction, after the registers know what it did. */
  visits(it: X86Instruction, at: number, registers: Registers): void;
}

const SYSTEM_CALL = "syscall instruction";

/** How far ahead a jump is remembered: functions are shorter than that. */
const FAR = 0x2_0000;
const MAX_AHEAD = 50_000;

/**
 * Follows all instructions once, in their order, and gives the calls of named functions and the system calls. What a register
 * holds counts only where each way to the call agrees: jumps ahead are met where they lead, and nothing is known where a jump
 * back leads. Without `meets` jumps do not count.
 */
export function walkCode(elf: ElfFile, visitor: CodeVisitor, meets: boolean): readonly CallPlace[] {
  const walk = new CodeWalk(visitor, meets);
  for (const { offset, size, address } of loadedParts(elf, true))
    walk.follow(elf.file.bytes.subarray(offset, offset + size), address);
  return walk.calls;
}

class CodeWalk {
  readonly calls: CallPlace[] = [];
  readonly #visitor: CodeVisitor;
  readonly #meets: boolean;
  readonly #registers = new Registers();
  readonly #ahead = new Map<number, SavedRegisters | undefined>();
  readonly #flow: Flow = { kind: GOES_ON, name: undefined, target: -1, register: -1 };
  /** What leads to each byte besides the one before it: jumps back, and jumps ahead. */
  #marks = new Uint8Array(0);
  #start = 0;
  /** Whether there are more jumps than any program has, so that nothing is known of registers. */
  #isLost = false;
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
    this.#start = address;
    this.#marks = new Uint8Array(bytes.length);
    if (this.#meets) markLoops(bytes, address, this.#marks, this.#visitor);
    this.#isLost = false;
    for (let i = 0; i < bytes.length; i += it.length || 1) {
      const at = address + i;
      this.#arrive(at);
      decodeX86(bytes, i, it);
      this.#reached = it.length > 0;
      if (!this.#reached) continue;
      setFlow(it, at + it.length, this.#visitor, flow);
      const name = flow.register < 0 ? flow.name : this.#registers.pointers.get(flow.register);
      if (name !== undefined) this.calls.push(placeOf(name, at, this.#registers));
      if (flow.target > at && this.#meets) this.#jump(flow.target, at);
      if (flow.kind === GOES_ON) this.#goOn(bytes, i, at, it);
      else if (flow.kind === CALLS) {
        this.#registers.forgetAll();
        this.#registers.pointers.called(ARGUMENTS, this.#visitor.passes);
      } else this.#reached = flow.kind === BRANCHES;
    }
  }

  #arrive(at: number): void {
    const mark = this.#marks[at - this.#start] ?? 0;
    if ((mark & AHEAD) !== 0) {
      const saved = this.#ahead.get(at);
      if (this.#reached) this.#registers.meet(saved);
      else this.#registers.restore(saved);
      this.#ahead.delete(at);
    } else if (!this.#reached) this.#registers.forgetAll();
    if (this.#isLost || (mark & LOOP) !== 0) this.#registers.forgetAll();
  }

  #jump(target: number, at: number): void {
    if (target - at > FAR || this.#isLost) return;
    if (this.#ahead.size > MAX_AHEAD) {
      this.#isLost = true;
      this.#ahead.clear();
    }
    const place = target - this.#start;
    if (place >= this.#marks.length) return;
    this.#marks[place] = (this.#marks[place] ?? 0) | AHEAD;
    const before = this.#ahead.get(target);
    if (!this.#ahead.has(target)) this.#ahead.set(target, this.#registers.saved());
    else if (before) this.#ahead.set(target, common(before, this.#registers));
  }

  #goOn(bytes: Uint8Array, i: number, at: number, it: X86Instruction): void {
    const next = at + it.length;
    const pushed = it.map === 0 && it.opcode === 0x6a ? popped(bytes, i + it.length) : undefined;
    followInstruction(it, at, this.#registers);
    if (pushed !== undefined) {
      this.#registers.set(pushed.register, it.immediate, at);
      it.length += pushed.length;
    }
    const isNumber = it.map === 0 && it.opcode >= 0xb8 && it.opcode < 0xc8;
    const named = it.hasOperands && it.relative ? namedAddress(it, next) : isNumber ? it.immediate : undefined;
    const pointer = named !== undefined && isLoad(it) ? this.#visitor.inCell(named) : undefined;
    if (pointer !== undefined) this.#registers.pointers.set(it.register, pointer);
    const stored = isStore(it) ? this.#registers.pointers.certain(it.register) : undefined;
    if (stored !== undefined) this.#visitor.passes(stored);
    if (named !== undefined && pointer === undefined && !isComparison(it)) this.#visitor.takes(named);
    this.#visitor.visits(it, at, this.#registers);
  }
}

/** Whether an instruction puts what a cell of memory holds into a register. */
const isLoad = (it: X86Instruction): boolean => it.map === 0 && !it.vector && it.opcode === 0x8b && it.wide;

const isStore = (it: X86Instruction): boolean =>
  it.map === 0 && !it.vector && it.opcode === 0x89 && it.wide && it.mode !== 3;

/** Whether an instruction only compares what a cell holds. */
const isComparison = (it: X86Instruction): boolean =>
  it.map === 0 &&
  !it.vector &&
  (it.opcode === 0x39 || it.opcode === 0x3b || (it.opcode === 0x83 && (it.register & 7) === 7));

const LOOP = 1;
const AHEAD = 2;

/** Marks the bytes to which code jumps back. */
function markLoops(bytes: Uint8Array, address: number, marks: Uint8Array, visitor: CodeVisitor): void {
  const it = emptyInstruction();
  const flow: Flow = { kind: GOES_ON, name: undefined, target: -1, register: -1 };
  for (let i = 0; i < bytes.length; i += it.length || 1) {
    decodeX86(bytes, i, it);
    if (it.length === 0) continue;
    setFlow(it, address + i + it.length, visitor, flow);
    if (flow.target >= address && flow.target <= address + i) marks[flow.target - address] = LOOP;
  }
}

const placeOf = (name: string, at: number, { values }: Registers): CallPlace => {
  const known = (register: number): number | undefined => {
    const value = values[register] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  return { name, at, number: known(RAX), length: known(RBX), values: ARGUMENTS.map(known) };
};

const GOES_ON = 0;
const CALLS = 1;
const BRANCHES = 2;
const ENDS = 3;

/** Where the code goes after an instruction, filled again for each. */
interface Flow {
  kind: number;
  name: string | undefined;
  target: number;
  /** The register that has the address of what is called, -1 for none. */
  register: number;
}

function setFlow(it: X86Instruction, next: number, visitor: CodeVisitor, flow: Flow): void {
  const { opcode } = it;
  flow.kind = GOES_ON;
  flow.name = undefined;
  flow.target = -1;
  flow.register = -1;
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
    if (it.mode === 3) flow.register = it.base;
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

export const isSystemCall = ({ name }: CallPlace): boolean => name === SYSTEM_CALL;
