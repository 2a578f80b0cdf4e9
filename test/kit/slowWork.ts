/** Linear work costs ten times as much, work that grows with the square up to a hundred times; the rest is room for noise. */
const LIMIT = 30;
/** Work is judged that costs more than to read the text so many times. */
const OF_READING = 8;
const ATTEMPTS = 5;

/** What is done with an input, each piece of work after those that it may use. */
export type Work<T> = (input: T) => Iterable<readonly [what: string, run: () => unknown]>;

/**
 * The pieces of work that cost far more than ten times as much with ten times the input, in each of several attempts: what
 * only noise makes slow, such as a collection of garbage, is slow once. `read` is what the least work is compared with.
 */
export function slowWork<T>(few: T, many: T, read: (input: T) => unknown, work: Work<T>): readonly string[] {
  const costs = (input: T): ReadonlyMap<string, number> => {
    const found = new Map([["", timed(() => read(input))]]);
    for (const [what, run] of work(input)) found.set(what, timed(run));
    return found;
  };
  let slow: readonly string[] | undefined;
  for (let attempt = 0; attempt < ATTEMPTS && slow?.length !== 0; attempt++) {
    costs(few);
    const [small, large] = [costs(few), costs(many)];
    const reading = large.get("") ?? 0;
    const isSlow = (what: string, cost: number): boolean =>
      cost > OF_READING * reading && cost > LIMIT * (small.get(what) ?? cost);
    const now = [...large].filter(([what, cost]) => isSlow(what, cost)).map(([what]) => what);
    slow = slow?.filter((it) => now.includes(it)) ?? now;
  }
  return slow ?? [];
}

/** The processor time of some work in microseconds, which the load of the machine does not change. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return Math.max(1, user + system);
}
