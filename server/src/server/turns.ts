/** Does something in the next turn, after what is due already; a web worker has no other way than a timer. */
export const nextTurn: (run: () => void) => void =
  typeof setImmediate === "function" ? (run) => void setImmediate(run) : (run) => void setTimeout(run, 0);

/** So long the messages of a client may go on, in milliseconds, until what they ask for is done in between. */
const LONGEST = 20;

/**
 * Something that is done once the messages that arrived together are read, of which one is read in each turn. A timer would
 * do it later: it takes a millisecond at least, however little is left of it when the last message is read.
 */
export class AfterMessages {
  readonly #run: () => void;
  readonly #end = performance.now() + LONGEST;
  #isAwaited = true;
  #isCancelled = false;

  constructor(run: () => void) {
    this.#run = run;
    nextTurn(() => this.#turn());
  }

  /** Another message has asked for it: the next one may do so, too. */
  askedAgain(): void {
    this.#isAwaited = true;
  }

  /** It is not done any more. */
  cancel(): void {
    this.#isCancelled = true;
  }

  #turn(): void {
    if (this.#isCancelled) return;
    if (this.#isAwaited && performance.now() <= this.#end) {
      this.#isAwaited = false;
      nextTurn(() => this.#turn());
    } else this.#run();
  }
}
