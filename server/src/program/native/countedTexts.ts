import type { Registers } from "./registers.ts";

/** An address that code just named, and where it then put it. */
interface NamedAddress {
  readonly address: number;
  readonly register: number;
  readonly count: number;
  base: number;
  displacement: number;
}

/** A length that code just put next to where an address goes. */
interface StoredLength {
  readonly length: number;
  readonly base: number;
  readonly displacement: number;
  readonly count: number;
}

/** A text as its address and its length. */
export interface CountedText {
  readonly address: number;
  readonly length: number;
}

/** How many instructions lie between an address and its length at most. */
const NEAR = 10;
const MAX_TEXT = 1024;
/** So many texts and lengths are remembered: a command has no more words. */
const MOST_LAST = 16;
const MAX_TEXTS = 400_000;

/** Texts by address and length, where code names both: texts of Go and Rust have no end of their own. */
export class CountedTexts {
  /** The lengths of texts by their addresses. */
  readonly lengths = new Map<number, Set<number>>();
  #recent: NamedAddress[] = [];
  #stored: StoredLength[] = [];
  #last: (CountedText & { readonly count: number })[] = [];
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
    this.#last = [...this.#last.slice(1 - MOST_LAST), { address, length, count: this.#count }];
    const known = this.lengths.get(address);
    if (known) known.add(length);
    else if (this.lengths.size < MAX_TEXTS) this.lengths.set(address, new Set([length]));
  }

  /** The texts that code named just before, in their order: those of a list stand so before the call that is given it. */
  recent(): readonly CountedText[] {
    return this.#last.filter((it) => this.#count - it.count < NEAR * 5);
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

  /** A register is put into memory, at a distance from where another one leads; its length may be there already. */
  storesAddress(register: number, base: number, displacement: number): void {
    const named = this.#recent.findLast((it) => it.register === register);
    if (!named) return;
    named.base = base;
    named.displacement = displacement;
    const beside = this.#stored.findLast((it) => it.base === base && it.displacement === displacement + 8);
    if (beside && this.#count - beside.count < NEAR) this.add(named.address, beside.length);
  }

  /** A number is put into memory next to an address. */
  storesLength(base: number, displacement: number, value: number): void {
    for (const it of this.#recent)
      if (this.#count - it.count < NEAR && it.base === base && it.displacement + 8 === displacement)
        this.add(it.address, value);
    const here = { length: value, base, displacement, count: this.#count };
    if (value <= MAX_TEXT) this.#stored = [...this.#stored.slice(1 - MOST_LAST), here];
  }
}
