import {
  ADD,
  ADDRESS,
  type ArmInstruction,
  BRANCH,
  CALL,
  CHANGE,
  COPY,
  decodeArm,
  END,
  emptyArmInstruction,
  JUMP,
  LOAD_CELL,
  MOVE,
  MOVE_PART,
  PAGE,
  SELECT,
  STORE_CELL,
  SYSTEM,
} from "./armInstruction.ts";
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

const COUNT = 32;
const SIZE = 4;
/** So many numbers a register of 32 bits can hold. */
const WORDS = 0x1_0000_0000;
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Registers that a called function may change, and those that it has to put back. */
const CHANGED = [...numbers(0, 18), 30];
const KEPT = numbers(19, 28);

/** The instructions of aarch64. */
export class ArmProcessor implements Processor {
  readonly arguments = numbers(0, 5);
  readonly number = 8;
  readonly goArguments = numbers(0, 3);
  readonly lengthsBeside = numbers(0, COUNT - 1).map((it) => [it + 1]);
  readonly #it = emptyArmInstruction();
  #selected = { register: -1, value: Number.NaN };
  #bytes: Uint8Array = new Uint8Array(0);
  #place = 0;
  #at = 0;

  registers(): Registers {
    return new Registers(COUNT, CHANGED, KEPT);
  }

  read(bytes: Uint8Array, place: number, at: number, visitor: CodeVisitor, flow: Flow): number {
    if (place + SIZE > bytes.length) return 0;
    this.#bytes = bytes;
    this.#place = place;
    this.#at = at;
    decodeArm(wordAt(bytes, place), this.#it);
    setFlow(this.#it, at, visitor, flow);
    return SIZE;
  }

  follow(registers: Registers, visitor: CodeVisitor): number {
    const it = this.#it;
    const base = it.base < 0 ? Number.NaN : (registers.values[it.base] ?? Number.NaN);
    if (it.kind === LOAD_CELL) this.#load(base + it.number, registers, visitor);
    else if (it.kind === STORE_CELL) passStored(it, registers, visitor);
    else this.#change(base, registers, visitor);
    if (it.movesBase) registers.forget(it.base);
    return SIZE;
  }

  count(texts: CountedTexts, registers: Registers): void {
    const it = this.#it;
    texts.passes();
    if (it.kind === SELECT) this.#countSelected(texts, registers.values[it.second] ?? Number.NaN);
    const value = registers.values[it.register] ?? Number.NaN;
    if (Number.isNaN(value)) return;
    if (it.kind === ADD || it.kind === ADDRESS) texts.names(value, it.register, this.#at, registers);
    else if (it.kind === MOVE) texts.holds(it.register, value, this.#at, registers);
    else if (it.kind === STORE_CELL && it.wide) this.#countStored(texts, value, registers);
  }

  textNumber(registers: Registers): number {
    const { kind, register } = this.#it;
    const isNumber =
      (kind === MOVE || kind === MOVE_PART) && !movesPart(wordAt(this.#bytes, this.#place + SIZE), register);
    return isNumber ? (registers.values[register] ?? Number.NaN) : Number.NaN;
  }

  /** A text that stands for one that is empty: its length and its address are chosen one after the other. */
  #countSelected(texts: CountedTexts, value: number): void {
    const { register } = this.#it;
    const before = this.#selected;
    this.#selected = { register, value };
    if (Number.isNaN(value) || Number.isNaN(before.value)) return;
    if (before.register === register + 1) texts.add(value, before.value);
    else if (before.register === register - 1) texts.add(before.value, value);
  }

  #countStored(texts: CountedTexts, value: number, { values }: Registers): void {
    const { register, second, base, number } = this.#it;
    const length = second < 0 ? Number.NaN : (values[second] ?? Number.NaN);
    if (!Number.isNaN(length)) texts.add(value, length);
    texts.storesLength(base, number, value);
    texts.storesAddress(register, base, number);
  }

  #load(cell: number, registers: Registers, visitor: CodeVisitor): void {
    const { register } = this.#it;
    registers.forget(register);
    const pointer = Number.isNaN(cell) ? undefined : visitor.inCell(cell);
    if (pointer !== undefined) registers.pointers.set(register, pointer);
  }

  #change(base: number, registers: Registers, visitor: CodeVisitor): void {
    const { kind, register, second, number, wide } = this.#it;
    const at = this.#at;
    if (kind === MOVE) registers.set(register, number, at);
    else if (kind === COPY) registers.copy(second, register, wide);
    else if (kind === MOVE_PART) registers.set(register, withPart(registers.values[register], number, second), at);
    else if (kind === ADD && wide) setAddress(register, base + number, at, registers, visitor);
    else if (kind === ADD) registers.set(register, (base + number + WORDS) % WORDS, at);
    else if (kind === ADDRESS) setAddress(register, at + number, at, registers, visitor);
    else if (kind === PAGE) registers.set(register, at - (at % 4096) + number, at);
    else if (kind === SELECT) registers.forget(register);
    else if (kind === CHANGE) {
      registers.forget(register);
      if (second >= 0) registers.forget(second);
    }
  }
}

/** Whether an instruction goes on with the number in a register. */
const movesPart = (word: number, register: number): boolean =>
  (word & 0x7f80_0000) === 0x7280_0000 && (word & 31) === register;

const wordAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;

function setAddress(register: number, value: number, at: number, registers: Registers, visitor: CodeVisitor): void {
  registers.set(register, value, at);
  if (!Number.isNaN(value)) visitor.takes(value);
}

/** A number with 16 of its bits put to others. */
function withPart(value = Number.NaN, part: number, from: number): number {
  const low = 2 ** from;
  const high = low * 0x1_0000;
  return (value % low) + part * low + Math.floor(value / high) * high;
}

function passStored({ register, second, wide }: ArmInstruction, { pointers }: Registers, visitor: CodeVisitor): void {
  if (!wide) return;
  for (const it of [register, second]) {
    const name = it < 0 ? undefined : pointers.certain(it);
    if (name !== undefined) visitor.passes(name);
  }
}

function setFlow({ kind, number, base }: ArmInstruction, at: number, visitor: CodeVisitor, flow: Flow): void {
  flow.kind = GOES_ON;
  flow.name = undefined;
  flow.target = -1;
  flow.register = -1;
  if (kind === BRANCH) {
    flow.kind = BRANCHES;
    flow.target = at + number;
  } else if (kind === SYSTEM) {
    flow.kind = CALLS;
    flow.name = SYSTEM_CALL;
  } else if (kind === END) flow.kind = ENDS;
  else if (kind === JUMP || kind === CALL) {
    flow.kind = kind === CALL ? CALLS : ENDS;
    if (base >= 0) flow.register = base;
    else flow.name = visitor.called(at + number);
    if (base < 0 && kind === JUMP && flow.name === undefined) flow.target = at + number;
  }
}
