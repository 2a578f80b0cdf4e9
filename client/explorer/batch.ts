/** Collects what is asked within a moment and asks it together, in parts of `most` at a time. */
export function batched<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  { most, wait }: { readonly most: number; readonly wait: number },
): (key: K) => Promise<V | undefined> {
  interface Waiting {
    readonly key: K;
    readonly settle: (value: V | undefined) => void;
  }
  let waiting: Waiting[] = [];
  const answer = async (part: readonly Waiting[]): Promise<void> => {
    // What cannot be answered is left out, and asked for again when it is shown again.
    const values = await ask(part.map((it) => it.key)).catch(() => []);
    for (const [i, { settle }] of part.entries()) settle(values[i]);
  };
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let i = 0; i < all.length; i += most) void answer(all.slice(i, i + most));
  };
  return (key) =>
    new Promise((settle) => {
      if (waiting.length === 0) setTimeout(flush, wait);
      waiting.push({ key, settle });
    });
}
