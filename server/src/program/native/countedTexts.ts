import type { Registers } from "./registers.ts";

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
  /** The registers that may hold the length of a text whose address is in another. */
  readonly #lengthsBeside: readonly (readonly number[])[];

  constructor(lengthsBeside: readonly (readonly number[])[]) {
    this.#lengthsBeside = lengthsBeside;
  }

  /** One more instruction of those that count. */
  passes(): void {
    this.#count++;
  }

  add(address: number, length: number): void {
    if (length < 1 || length > MAX_TEXT) return;
    const known = this.lengths.get(address);
    if (known) known.add(length);
    else if (this.lengths.size < MAX_TEXTS) this.lengths.set(address, new Set([length]));
  }

  /** An address is put into a register. */
  names(address: number, register: number, at: number, registers: Registers): void {
    this.#recent = this.#recent.filter((it) => this.#count - it.count < NEAR && it.register !== register);
    this.#recent.push({ address, register, count: this.#count, base: -1, displacement: 0 });
    for (const it of this.#lengthsBeside[register] ?? []) {
      const value = registers.values[it] ?? Number.NaN;
      if (at - (registers.since[it] ?? 0) < NEAR * 5 && !Number.isNaN(value)) this.add(address, value);
    }
  }

  /** A number is put into a register. */
  holds(register: number, value: number, at: number, registers: Registers): void {
    // Code linked to one address names it by a number.
    if (value > MAX_TEXT) this.names(value, register, at, registers);
    else
      for (const it of this.#recent)
        if (this.#count - it.count < NEAR && (this.#lengthsBeside[it.register] ?? []).includes(register))
          this.add(it.address, value);
  }

  /** A register is put into memory, at a distance from where another one leads. */
  storesAddress(register: number, base: number, displacement: number): void {
    const named = this.#recent.findLast((it) => it.register === register);
    if (!named) return;
    named.base = base;
    named.displacement = displacement;
  }

  /** A number is put into memory beside an address. */
  storesLength(base: number, displacement: number, value: number): void {
    for (const it of this.#recent)
      if (this.#count - it.count < NEAR && it.base === base && it.displacement + 8 === displacement)
        this.add(it.address, value);
  }
}
