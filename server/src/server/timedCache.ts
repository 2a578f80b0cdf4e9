/** Answers at once from what was loaded before. Invariant: of one key only one loading runs at a time. */
export class TimedCache {
  readonly #known = new Map<string, { readonly value: unknown; readonly at: number }>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * What is known of a key; where nothing is, `missed` gets the loading that was begun. What is older than `age`
   * milliseconds is given once more while it is loaded again. The key must name the type of the value as well.
   */
  get<T>(key: string, age: number, load: () => Promise<T>, missed: (loading: Promise<void>) => void): T | undefined {
    const known = this.#known.get(key);
    if (!known || this.#now() - known.at > age) {
      const loading = this.#loading.get(key) ?? this.#load(key, load);
      if (!known) missed(loading);
    }
    return known?.value as T | undefined;
  }

  #load(key: string, load: () => Promise<unknown>): Promise<void> {
    const loading = load()
      .then(
        (value) => void this.#known.set(key, { value, at: this.#now() }),
        () => undefined,
      )
      .finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }
}
