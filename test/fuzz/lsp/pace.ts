import assert from "node:assert/strict";

/** How much slower than a plain text of the same length a hostile one may be; what is super-linear is slower by far. */
const SLOWER = 30;
const ATTEMPTS = 3;

/** Remembers how long plain texts take, by the power of two of their length. */
export class Pace {
  readonly #plain = new Map<number, number>();
  readonly #run: (text: string) => Promise<void>;

  /** `run` does with a plain text what is done with hostile ones. */
  constructor(run: (text: string) => Promise<void>) {
    this.#run = run;
  }

  /** Demands that something is not much slower than the same on a plain text; what looks slow is done again, as other work may have come between. */
  async expectSteady(length: number, what: () => Promise<void>): Promise<void> {
    let ratio = 0;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const took = await timeOf(what);
      ratio = took / (await this.#expected(length, attempt > 0));
      if (ratio < SLOWER) return;
    }
    assert.fail(`takes ${ratio.toFixed(0)} times as long as a plain text of the same length`);
  }

  async #expected(length: number, again: boolean): Promise<number> {
    const size = Math.max(512, 2 ** Math.ceil(Math.log2(length + 1)));
    const known = this.#plain.get(size);
    if (known !== undefined && !again) return known;
    const lines = "Environment=A=1 B=2\n".repeat(size / 20);
    const text = `[Service]\nExecStart=/bin/true\n${lines}`;
    if (known === undefined) await this.#run(text);
    const took = Math.max(known ?? 0, await timeOf(() => this.#run(text)));
    this.#plain.set(size, took);
    return took;
  }
}

async function timeOf(what: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await what();
  return performance.now() - before;
}
