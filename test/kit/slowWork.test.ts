import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { slowWork, type Work } from "./slowWork.ts";

const FEW = 500;

/** Looks at each pair, or at each number as often as there are few. */
const pairs = (one: readonly number[], other: readonly number[]): number => {
  let sum = 0;
  for (const a of one) for (const b of other) sum += a ^ b;
  return sum;
};

describe("the search for slow work", () => {
  it("finds what grows with the square, and nothing else", () => {
    const work: Work<readonly number[]> = (all) => [
      ["linear", () => pairs(all, all.slice(0, FEW))],
      ["square", () => pairs(all, all)],
    ];
    const of = (size: number) => Array.from({ length: size }, (_, i) => i);
    // Once it is compiled, it costs the same per step with few as with many.
    for (let i = 0; i < 50; i++) pairs(of(FEW), of(FEW));
    const slow = slowWork(of(FEW), of(FEW * 10), (all) => all.reduce((a, b) => a + b), work);
    assert.deepEqual(slow, ["square"]);
  });
});
