/**
 * Which registers may hold the address of a named function, as compilers put one there that is called often. It is followed from
 * line to line, whichever way leads there, until something else than a value kept on the stack is put into the register.
 */
export class FunctionPointers {
  readonly #names: (string | undefined)[];
  /** Those whose registers were taken back from the stack, which code after the end of a function may still hold. */
  readonly #doubtful: Uint8Array;
  /** Registers that a called function may change. */
  readonly #changed: readonly number[];
  #count = 0;

  constructor(count: number, changed: readonly number[]) {
    this.#names = new Array(count).fill(undefined);
    this.#doubtful = new Uint8Array(count);
    this.#changed = changed;
  }

  get(register: number): string | undefined {
    return this.#names[register];
  }

  /** The same, where it is certain. */
  certain(register: number): string | undefined {
    return this.#doubtful[register] === 0 ? this.#names[register] : undefined;
  }

  pop(register: number): void {
    this.#doubtful[register] = 1;
  }

  set(register: number, name: string | undefined): void {
    if (this.#count === 0 && name === undefined) return;
    if (this.#names[register] !== undefined) this.#count--;
    if (name !== undefined) this.#count++;
    this.#names[register] = name;
    this.#doubtful[register] = 0;
  }

  /** A call, which gets what is in some registers, and may change others. */
  called(arguments_: readonly number[], passes: (name: string) => void): void {
    if (this.#count === 0) return;
    for (const it of arguments_) {
      const name = this.certain(it);
      if (name !== undefined) passes(name);
    }
    for (const it of this.#changed) this.set(it, undefined);
  }
}
