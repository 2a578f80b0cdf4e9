/**
 * Work about all open documents, which many events ask for. It is done at once where it rests, and once more after the last
 * of the events that come while it does not. Invariant: it takes at most half of the time, so that a hundred events that
 * arrive together cost a few runs and not a hundred.
 */
export class Paced {
  readonly #work: () => unknown;
  #running = false;
  #requested = false;

  /** The work must not fail; what it promises is waited for. */
  constructor(work: () => unknown) {
    this.#work = work;
  }

  /** Has the work done for what is the case now. */
  ask(): void {
    this.#requested = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#requested) {
      this.#requested = false;
      const begun = performance.now();
      await this.#work();
      const taken = performance.now() - begun;
      await new Promise((resolve) => setTimeout(resolve, taken));
    }
    this.#running = false;
  }
}
