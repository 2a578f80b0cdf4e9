/** Linear work costs ten times as much, work that grows with the square up to a hundred times; the rest is room for noise. */
const LIMIT = 30;
/** Work is judged that costs more than to read the text so many times. */
const OF_READING = 8;
const ATTEMPTS = 20;
const READING = "reading";

/** What is done with an input, each piece of work after those that it may use. */
export type Work<T> = (input: T) => Iterable<readonly [what: string, run: () => unknown]>;

/**
 * The pieces of work that cost far more than ten times as much with ten times the input. Only what they cost at least in
 * several attempts is compared, as a collection of garbage or a compiler may come at the same piece again and again. `read` is
 * what the least work is compared with.
 */
export function slowWork<T>(few: T, many: T, read: (input: T) => unknown, work: Work<T>): readonly string[] {
  const costs = (input: T, least: Map<string, number>): void => {
    const note = (what: string, cost: number): void => {
      least.set(what, Math.min(cost, least.get(what) ?? cost));
    };
    note(
      READING,
      timed(() => read(input)),
    );
    for (const [what, run] of work(input)) note(what, timed(run));
  };
  const [small, large] = [new Map<string, number>(), new Map<string, number>()];
  const isSlow = (what: string): boolean => {
    const cost = large.get(what) ?? 0;
    return cost > OF_READING * (large.get(READING) ?? 0) && cost > LIMIT * (small.get(what) ?? cost);
  };
  let slow: readonly string[] = [];
  // What runs for the first time takes longer.
  costs(few, small);
  for (let attempt = 0; attempt === 0 || (attempt < ATTEMPTS && slow.length > 0); attempt++) {
    costs(few, small);
    costs(many, large);
    slow = [...large.keys()].filter(isSlow);
  }
  return slow;
}

/** The processor time of some work in microseconds, which the load of the machine does not change. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return Math.max(1, user + system);
}
