import assert from "node:assert/strict";

/** Linear work gives 1, quadratic work 10; the rest is room for caches and the garbage collector. */
const LIMIT = 4;
const ATTEMPTS = 20;
/** So many small inputs show what ten of them cost. */
const SMALL_ONES = 4;

/** Demands that an input of ten times the size costs about as much as ten small ones; noise, such as a collection of garbage from other tests, gets more chances. */
export function expectLinear<T>(small: number, make: (size: number) => T, run: (input: T) => unknown): void {
  const [few, many] = [make(small), make(small * 10)];
  run(few);
  let ratio = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && ratio >= LIMIT; attempt++) {
    const paid = meter();
    for (let i = 0; i < SMALL_ONES; i++) run(few);
    const spent = paid();
    run(many);
    ratio = Math.min(ratio, (paid() - spent) / ((spent * 10) / SMALL_ONES));
  }
  judge(ratio);
}

/** The same for work that is waited for. */
export async function expectLinearSoon<T>(
  small: number,
  make: (size: number) => T,
  run: (input: T) => Promise<unknown>,
): Promise<void> {
  const [few, many] = [make(small), make(small * 10)];
  await run(few);
  let ratio = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && ratio >= LIMIT; attempt++) {
    const paid = meter();
    for (let i = 0; i < SMALL_ONES; i++) await run(few);
    const spent = paid();
    await run(many);
    ratio = Math.min(ratio, (paid() - spent) / ((spent * 10) / SMALL_ONES));
  }
  judge(ratio);
}

function judge(ratio: number): void {
  assert.ok(ratio < LIMIT, `ten times the input costs ${(ratio * 10).toFixed(0)} times as much`);
}

/** The processor time of this process since then, which the load of the machine does not change. */
function meter(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.max(1, user + system);
  };
}
