import type { InputFile } from "../cli/files.ts";

/** Files that go to a thread at once: few enough that all threads end together, enough that messages cost nothing. */
export const SHARE = 32;

/** So many files may be done before their turn, which bounds what waits to be printed. */
const AHEAD = 2048;

/**
 * Which thread does which files. Files of one name are often alike, on many machines or in many versions: as far as there are
 * enough of its own, each thread does those of other names, so that not all of them get to know all texts.
 */
export class ThreadShares {
  readonly #files: readonly InputFile[];
  /** Of each file the thread that should do it, or `GONE`. */
  readonly #owners: Uint8Array;
  /** Of each thread where its next file may be, and behind them where any may be. */
  readonly #next: number[];

  constructor(files: readonly InputFile[], threads: number) {
    this.#files = files;
    this.#owners = Uint8Array.from(files, ({ path }) => numberOf(path) % threads);
    this.#next = Array.from({ length: threads + 1 }, () => 0);
  }

  /** The places of the next files for a thread, in their order, where so many are printed; none where it has to wait. */
  take(thread: number, printed: number): readonly number[] {
    const end = Math.min(this.#files.length, printed + AHEAD);
    const own = this.#takeUntil(end, thread, (owner) => owner === thread);
    return own.length > 0 ? own : this.#takeUntil(end, this.#next.length - 1, (owner) => owner !== GONE);
  }

  #takeUntil(end: number, from: number, isWanted: (owner: number | undefined) => boolean): readonly number[] {
    const places: number[] = [];
    let at = this.#next[from] ?? 0;
    for (; at < end && places.length < SHARE; at++) if (isWanted(this.#owners[at])) places.push(at);
    this.#next[from] = at;
    for (const it of places) this.#owners[it] = GONE;
    return places;
  }
}

/** The owner of a file that was taken. */
const GONE = 255;

/** A number of the name of a file, the same for equal ones. */
function numberOf(path: string): number {
  let number = 0;
  for (let i = path.length - 1; i >= 0 && path[i] !== "/" && path[i] !== "\\"; i--)
    number = (number * 31 + path.charCodeAt(i)) % 65_521;
  return number;
}
