import type { Registers } from "./registers.ts";
import type { X86Instruction } from "./x86Instruction.ts";

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

/** An address that code just named, and where it then put it. */
interface NamedAddress {
  readonly address: number;
  readonly register: number;
  readonly count: number;
  base: number;
  displacement: number;
}

/** How many instructions lie between an address and its length at most. */
const NEAR = 10;
const MAX_TEXT = 1024;
const MAX_TEXTS = 400_000;

/** Texts by address and length, where code names both: texts of Go and Rust have no end of their own. */
export class CountedTexts {
  /** The lengths of texts by their addresses. */
  readonly lengths = new Map<number, Set<number>>();
  #recent: NamedAddress[] = [];
  #count = 0;

  visit(it: X86Instruction, at: number, registers: Registers): void {
    this.#count++;
    if (it.vector) return;
    const { opcode, mode } = it;
    if (opcode === 0x8d && it.relative) this.#names(at + it.length + it.displacement, it.register, at, registers);
    else if (opcode >= 0xb8 && opcode < 0xc0) this.#holds(it.base, it.immediate, at, registers);
    else if (opcode === 0xc7) {
      if (mode === 3) this.#holds(it.base, it.immediate, at, registers);
      else this.#stores(it);
    } else if (opcode === 0x89 && mode !== 3) {
      const named = this.#recent.findLast((its) => its.register === it.register);
      if (named) {
        named.base = it.base;
        named.displacement = it.displacement;
      }
    }
  }

  add(address: number, length: number): void {
    if (length < 1 || length > MAX_TEXT) return;
    const known = this.lengths.get(address);
    if (known) known.add(length);
    else if (this.lengths.size < MAX_TEXTS) this.lengths.set(address, new Set([length]));
  }

  #names(address: number, register: number, at: number, registers: Registers): void {
    this.#recent = this.#recent.filter((it) => this.#count - it.count < NEAR && it.register !== register);
    this.#recent.push({ address, register, count: this.#count, base: -1, displacement: 0 });
    for (const it of LENGTHS[register] ?? []) {
      const value = registers.values[it] ?? Number.NaN;
      if (at - (registers.since[it] ?? 0) < NEAR * 5 && !Number.isNaN(value)) this.add(address, value);
    }
  }

  #holds(register: number, value: number, at: number, registers: Registers): void {
    // Code linked to one address names it by a number.
    if (value > MAX_TEXT) this.#names(value, register, at, registers);
    else
      for (const it of this.#recent)
        if (this.#count - it.count < NEAR && (LENGTHS[it.register] ?? []).includes(register))
          this.add(it.address, value);
  }

  #stores({ base, displacement, immediate }: X86Instruction): void {
    for (const it of this.#recent)
      if (this.#count - it.count < NEAR && it.base === base && it.displacement + 8 === displacement)
        this.add(it.address, immediate);
  }
}
