import type { CountedTexts } from "./countedTexts.ts";
import {
  BRANCHES,
  CALLS,
  type CodeVisitor,
  ENDS,
  type Flow,
  GOES_ON,
  type Processor,
  SYSTEM_CALL,
} from "./processor.ts";
import { Registers } from "./registers.ts";
import { ARGUMENTS, followInstruction, namedAddress, RAX, RBX, RCX, RDI } from "./x86Effects.ts";
import { decodeX86, emptyInstruction, type X86Instruction } from "./x86Instruction.ts";

/** The registers that may hold the length of a text whose address is in another, as Go, C and Rust pass both. */
const LENGTHS: readonly (readonly number[])[] = [
  [3, 2],
  [7, 8],
  [1],
  [1],
  [],
  [],
  [8, 2],
  [6],
  [9],
  [10],
  [11],
  [],
  [],
  [],
  [],
  [],
];

/** Registers that a called function may change. */
const CHANGED: readonly number[] = [0, 1, 2, 6, 7, 8, 9, 10, 11];
const COUNT = 16;

/** The instructions of x86-64. */
export class X86Processor implements Processor {
  readonly arguments = ARGUMENTS;
  readonly number = RAX;
  readonly goArguments: readonly number[] = [RAX, RBX, RCX, RDI];
  readonly lengthsBeside = LENGTHS;
  readonly #it = emptyInstruction();
  #bytes: Uint8Array = new Uint8Array(0);
  #place = 0;
  #at = 0;

  registers(): Registers {
    return new Registers(COUNT, CHANGED);
  }

  read(bytes: Uint8Array, place: number, at: number, visitor: CodeVisitor, flow: Flow): number {
    const it = this.#it;
    this.#bytes = bytes;
    this.#place = place;
    this.#at = at;
    decodeX86(bytes, place, it);
    if (it.length > 0) setFlow(it, at + it.length, visitor, flow);
    return it.length;
  }

  follow(registers: Registers, visitor: CodeVisitor): number {
    const it = this.#it;
    const at = this.#at;
    const next = at + it.length;
    const pushed = it.map === 0 && it.opcode === 0x6a ? popped(this.#bytes, this.#place + it.length) : undefined;
    followInstruction(it, at, registers);
    if (pushed !== undefined) {
      registers.set(pushed.register, it.immediate, at);
      it.length += pushed.length;
    }
    const isNumber = it.map === 0 && it.opcode >= 0xb8 && it.opcode < 0xc8;
    const named = it.hasOperands && it.relative ? namedAddress(it, next) : isNumber ? it.immediate : undefined;
    const pointer = named !== undefined && isLoad(it) ? visitor.inCell(named) : undefined;
    if (pointer !== undefined) registers.pointers.set(it.register, pointer);
    const stored = isStore(it) ? registers.pointers.certain(it.register) : undefined;
    if (stored !== undefined) visitor.passes(stored);
    if (named !== undefined && pointer === undefined && !isComparison(it)) visitor.takes(named);
    return it.length;
  }

  count(texts: CountedTexts, registers: Registers): void {
    const it = this.#it;
    const at = this.#at;
    if (it.map !== 0) return;
    texts.passes();
    if (it.vector) return;
    const { opcode, mode } = it;
    if (opcode === 0x8d && it.relative) texts.names(at + it.length + it.displacement, it.register, at, registers);
    else if (opcode >= 0xb8 && opcode < 0xc0) texts.holds(it.base, it.immediate, at, registers);
    else if (opcode === 0xc7) {
      if (mode === 3) texts.holds(it.base, it.immediate, at, registers);
      else texts.storesLength(it.base, it.displacement, it.immediate);
    } else if (opcode === 0x89 && mode !== 3) texts.storesAddress(it.register, it.base, it.displacement);
  }

  /** A number of 32 or 64 bits that an instruction moves. */
  textNumber(): number {
    const { map, vector, opcode, hasOperands, immediate } = this.#it;
    if (map !== 0 || vector) return Number.NaN;
    return (opcode >= 0xb8 && opcode < 0xc0) || (opcode === 0xc7 && hasOperands) ? immediate : Number.NaN;
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
