/** Crashes further apart than this have nothing to do with each other, in milliseconds. */
const WINDOW = 3 * 60_000;

/** With this many crashes in the window, starting again at once has not helped. */
const TOO_MANY = 5;

/** How long is waited the first time, and at most; each time twice as long, in milliseconds. */
const FIRST_WAIT = 15_000;
const LONGEST_WAIT = 10 * 60_000;

/** The crashes of a server so far, as far as they count. */
export interface Crashes {
  /** Counts one more; how long to wait before the server is started again, in milliseconds, and whether it waits the first time. */
  next(now: number): { readonly wait: number; readonly isFirst: boolean };
  /** Begins again. */
  forget(): void;
}

/** No crash yet. A server that has run for as long as the window after its start counts as healthy. */
export function crashes(): Crashes {
  let recent: number[] = [];
  let waits = 0;
  let started = Number.NEGATIVE_INFINITY;
  const forget = (): void => {
    recent = [];
    waits = 0;
  };
  return {
    forget,
    next(now) {
      if (waits > 0 && now - started >= WINDOW) forget();
      recent = [...recent.filter((it) => now - it < WINDOW), now];
      if (waits > 0 || recent.length >= TOO_MANY) waits++;
      const wait = waits === 0 ? 0 : Math.min(FIRST_WAIT * 2 ** (waits - 1), LONGEST_WAIT);
      started = now + wait;
      return { wait, isFirst: waits === 1 };
    },
  };
}
