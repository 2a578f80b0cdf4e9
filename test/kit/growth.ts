import assert from "node:assert/strict";

/** Linear work gives 1, quadratic work 10; the rest is room for caches and the garbage collector. */
const LIMIT = 3;

/** Demands that an input of ten times the size costs about as much as ten small ones; noise gets four more chances. */
export function expectLinear<T>(small: number, make: (size: number) => T, run: (input: T) => unknown): void {
  const few = make(small);
  const many = make(small * 10);
  run(few);
  let ratio = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && ratio >= LIMIT; attempt++) {
    const expected = cost(() => {
      for (let i = 0; i < 10; i++) run(few);
    });
    ratio = Math.min(ratio, cost(() => run(many)) / expected);
  }
  assert.ok(ratio < LIMIT, `ten times the input costs ${(ratio * 10).toFixed(0)} times as much`);
}

/** The processor time of this process, which the load of the machine does not change. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
