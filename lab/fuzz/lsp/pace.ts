import assert from "node:assert/strict";

/** How much slower than on a plain text of the same length an answer may be; what is super-linear is slower by far. */
const SLOWER = 30;
const ATTEMPTS = 3;

/** How long something took, by the method that was asked, in milliseconds. */
export type Times = ReadonlyMap<string, number>;

/** Remembers how long answers about plain texts take, by the power of two of their length. */
export class Pace {
  readonly #plain = new Map<number, Times>();
  readonly #ask: (text: string) => Promise<Times>;

  /** `ask` does with a plain text what is done with hostile ones. */
  constructor(ask: (text: string) => Promise<Times>) {
    this.#ask = ask;
  }

  /** Demands that no method is much slower than on a plain text; what looks slow is done again, as other work may have come between. */
  async expectSteady(length: number, ask: () => Promise<Times>): Promise<void> {
    let slow: readonly [string, number] | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const times = await ask();
      slow = slowest(times, await this.#expected(length, attempt > 0));
      if (!slow || slow[1] < SLOWER) return;
    }
    assert.fail(`${slow?.[0]} takes ${slow?.[1].toFixed(0)} times as long as on a plain text of the same length`);
  }

  async #expected(length: number, again: boolean): Promise<Times> {
    const size = Math.max(512, 2 ** Math.ceil(Math.log2(length + 1)));
    const known = this.#plain.get(size);
    if (known && !again) return known;
    const text = `[Service]\nExecStart=/bin/true\n${"Environment=A=1 B=2\n".repeat(size / 20)}`;
    const before = known ?? (await this.#ask(text));
    const now = await this.#ask(text);
    const longest = new Map(
      [...now].map(([method, took]) => [method, Math.max(took, before.get(method) ?? 0)] as const),
    );
    this.#plain.set(size, longest);
    return longest;
  }
}

/** The method that is slowest for what it takes on a plain text; a quick one counts as an average one, as noise would decide otherwise. */
function slowest(times: Times, plain: Times): readonly [string, number] | undefined {
  const average = [...plain.values()].reduce((sum, it) => sum + it, 0) / plain.size;
  const ratios = [...times].map(
    ([method, took]) => [method, took / Math.max(average, plain.get(method) ?? 0)] as const,
  );
  return ratios.sort((a, b) => b[1] - a[1])[0];
}
