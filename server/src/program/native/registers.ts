import { FunctionPointers } from "./functionPointers.ts";

/** What registers hold where it stands in the code, NaN where it does not, and where it was put there. */
export class Registers {
  readonly values: Float64Array;
  readonly since: Float64Array;
  readonly pointers: FunctionPointers;
  readonly #changed: readonly number[];
  /** Those whose values are known after a call, and all others. */
  readonly #kept: readonly number[];
  readonly #lost: readonly number[];

  /** So many registers, of which a called function may change some, and others keep what they hold. */
  constructor(count: number, changed: readonly number[], kept: readonly number[] = []) {
    this.values = new Float64Array(count).fill(Number.NaN);
    this.since = new Float64Array(count);
    this.pointers = new FunctionPointers(count, changed);
    this.#changed = changed;
    this.#kept = kept;
    this.#lost = Array.from(this.values, (_, i) => i).filter((it) => !kept.includes(it));
  }

  /** Others of the same kind that hold something else. */
  copyOf(saved: SavedRegisters): Registers {
    const copy = new Registers(this.values.length, this.#changed, this.#kept);
    copy.restore(saved);
    return copy;
  }

  set(register: number, value: number, at: number): void {
    this.values[register] = value;
    this.since[register] = at;
    this.pointers.set(register, undefined);
  }

  copy(from: number, to: number, wide: boolean): void {
    const value = this.values[from] ?? Number.NaN;
    this.values[to] = wide ? value : value % 0x1_0000_0000;
    this.since[to] = this.since[from] ?? 0;
    this.pointers.set(to, this.pointers.certain(from));
  }

  forget(register: number): void {
    this.values[register] = Number.NaN;
    this.pointers.set(register, undefined);
  }

  /** Takes back what was on the stack, at the end of a function. */
  pop(register: number): void {
    this.values[register] = Number.NaN;
    this.pointers.pop(register);
  }

  forgetAll(): void {
    this.values.fill(Number.NaN);
  }

  /** Something was called, which keeps the values of a few. */
  forgetCalled(): void {
    for (const it of this.#lost) this.values[it] = Number.NaN;
  }

  /** What they hold, to be met again where a jump leads; undefined for nothing. */
  saved(): SavedRegisters | undefined {
    return this.values.some((it) => !Number.isNaN(it))
      ? { values: this.values.slice(), since: this.since.slice() }
      : undefined;
  }

  restore(saved: SavedRegisters | undefined): void {
    if (!saved) {
      this.forgetAll();
      return;
    }
    this.values.set(saved.values);
    this.since.set(saved.since);
  }

  /** Keeps what is the same on another way to this place. */
  meet(saved: SavedRegisters | undefined): void {
    for (let i = 0; i < this.values.length; i++) {
      if (!saved || saved.values[i] !== this.values[i]) this.values[i] = Number.NaN;
    }
  }
}

export interface SavedRegisters {
  readonly values: Float64Array;
  readonly since: Float64Array;
}
