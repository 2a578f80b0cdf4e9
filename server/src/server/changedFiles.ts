import { MANY_CHANGED } from "./changedEntries.ts";
import type { Progress } from "./progress.ts";

/** What the reader is told while unit files are read. */
export const READING = "Reading unit files";

/** The files that changed on disk. Those of many messages are read together, as the index is copied each time that it changes. */
export class ChangedFiles {
  readonly #read: (uris: readonly string[]) => Promise<void>;
  readonly #progress: Progress | undefined;
  readonly #unread = new Set<string>();
  #reading: Promise<void> | undefined;

  constructor(read: (uris: readonly string[]) => Promise<void>, progress: Progress | undefined) {
    this.#read = read;
    this.#progress = progress;
  }

  /** The reading that goes on now. */
  get reading(): Promise<void> | undefined {
    return this.#reading;
  }

  /** Reads some files again. */
  add(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.#unread.add(uri);
    // Reading nothing would end before it is known that it was begun.
    if (this.#unread.size === 0) return this.#reading ?? Promise.resolve();
    const progress = uris.length < MANY_CHANGED ? undefined : this.#progress;
    const read = (): Promise<void> => this.#readAll();
    this.#reading ??= progress ? progress.during(READING, read) : read();
    return this.#reading;
  }

  /** Settles once all is read again. */
  async caughtUp(): Promise<void> {
    // Whoever told of the changes hears of errors.
    while (this.#reading) await this.#reading.catch(() => undefined);
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#unread.size > 0) {
        const uris = [...this.#unread];
        this.#unread.clear();
        await this.#read(uris);
      }
    } finally {
      this.#reading = undefined;
    }
  }
}
