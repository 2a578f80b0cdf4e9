import type { CountedText } from "./countedTexts.ts";
import { type ElfFile, loadedParts } from "./elf.ts";
import { BRANCHES, CALLS, type CodeVisitor, emptyFlow, GOES_ON, type Processor, SYSTEM_CALL } from "./processor.ts";
import type { Registers, SavedRegisters } from "./registers.ts";

/** Where code calls something, with what stands there for its first arguments; undefined is what comes from elsewhere. */
export interface CallPlace {
  readonly name: string;
  readonly at: number;
  readonly values: readonly (number | undefined)[];
  /** The number of a system call. */
  readonly number: number | undefined;
  /** The first arguments in Go: of a text its address and its length. */
  readonly goValues: readonly (number | undefined)[];
  /** The texts that stand just before it, where texts have lengths. */
  readonly near: readonly CountedText[];
}

/** How far ahead a jump is remembered: functions are shorter than that. */
const FAR = 0x2_0000;
const MAX_AHEAD = 50_000;

/**
 * Follows all instructions once, in their order, and gives the calls of named functions and the system calls. What a register
 * holds counts only where each way to the call agrees: jumps ahead are met where they lead, and nothing is known where a jump
 * back leads. Without `meets` jumps do not count.
 */
export function walkCode(
  elf: ElfFile,
  processor: Processor,
  visitor: CodeVisitor,
  meets: boolean,
): readonly CallPlace[] {
  const walk = new CodeWalk(processor, visitor, meets);
  for (const { offset, size, address } of loadedParts(elf, true))
    walk.follow(elf.file.bytes.subarray(offset, offset + size), address);
  return walk.calls;
}

class CodeWalk {
  readonly calls: CallPlace[] = [];
  readonly #processor: Processor;
  readonly #visitor: CodeVisitor;
  readonly #meets: boolean;
  readonly #registers: Registers;
  readonly #ahead = new Map<number, SavedRegisters | undefined>();
  readonly #flow = emptyFlow();
  /** What leads to each byte besides the one before it: jumps back, and jumps ahead. */
  #marks = new Uint8Array(0);
  #start = 0;
  /** Whether there are more jumps than any program has, so that nothing is known of registers. */
  #isLost = false;
  #reached = false;

  constructor(processor: Processor, visitor: CodeVisitor, meets: boolean) {
    this.#processor = processor;
    this.#registers = processor.registers();
    this.#visitor = visitor;
    this.#meets = meets;
  }

  follow(bytes: Uint8Array, address: number): void {
    const processor = this.#processor;
    const flow = this.#flow;
    this.#reached = false;
    this.#ahead.clear();
    this.#start = address;
    this.#marks = new Uint8Array(bytes.length);
    if (this.#meets) markLoops(bytes, address, this.#marks, processor, this.#visitor);
    this.#isLost = false;
    let length = 0;
    for (let i = 0; i < bytes.length; i += length || 1) {
      const at = address + i;
      this.#arrive(at);
      length = processor.read(bytes, i, at, this.#visitor, flow);
      this.#reached = length > 0;
      if (!this.#reached) continue;
      const name = flow.register < 0 ? flow.name : this.#registers.pointers.get(flow.register);
      if (name !== undefined)
        this.calls.push({ ...callPlace(name, at, this.#registers, processor), near: this.#visitor.near() });
      if (flow.target > at && this.#meets) this.#jump(flow.target, at);
      if (flow.kind === GOES_ON) {
        length = processor.follow(this.#registers, this.#visitor);
        this.#visitor.visits(this.#registers);
      } else if (flow.kind === CALLS) {
        this.#registers.forgetCalled();
        this.#registers.pointers.called(processor.arguments, this.#visitor.passes);
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
}

const LOOP = 1;
const AHEAD = 2;

/** Marks the bytes to which code jumps back. */
function markLoops(
  bytes: Uint8Array,
  address: number,
  marks: Uint8Array,
  processor: Processor,
  visitor: CodeVisitor,
): void {
  const flow = emptyFlow();
  let length = 0;
  for (let i = 0; i < bytes.length; i += length || 1) {
    length = processor.read(bytes, i, address + i, visitor, flow);
    if (length > 0 && flow.target >= address && flow.target <= address + i) marks[flow.target - address] = LOOP;
  }
}

function callPlace(name: string, at: number, { values }: Registers, processor: Processor): Omit<CallPlace, "near"> {
  const known = (register: number): number | undefined => {
    const value = values[register] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  };
  const { number, goArguments } = processor;
  return { name, at, number: known(number), goValues: goArguments.map(known), values: processor.arguments.map(known) };
}

function common(saved: SavedRegisters, registers: Registers): SavedRegisters | undefined {
  const copy = registers.copyOf(saved);
  copy.meet({ values: registers.values, since: registers.since });
  return copy.saved();
}

export const isSystemCall = ({ name }: CallPlace): boolean => name === SYSTEM_CALL;
