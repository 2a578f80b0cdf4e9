import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { crashes } from "../../client/server/crashes.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The seconds that are waited after each of some crashes, each so long after the server was last started. */
function waitsAfter(...runs: readonly number[]): number[] {
  const counted = crashes();
  let now = 0;
  return runs.map((run) => {
    now += run;
    const { wait } = counted.next(now);
    now += wait;
    return wait / SECOND;
  });
}

describe("client: crashes of the server", () => {
  it("are answered at once four times, then after waits that double", () => {
    const runs = Array.from({ length: 12 }, () => SECOND);
    assert.deepEqual(waitsAfter(...runs), [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 600, 600]);
  });

  it("are nothing new as long as the server never runs for three minutes", () => {
    const runs = [...Array.from({ length: 6 }, () => SECOND), 2 * MINUTE, 3 * MINUTE, SECOND];
    assert.deepEqual(waitsAfter(...runs), [0, 0, 0, 0, 15, 30, 60, 0, 0]);
  });

  it("are not counted together where they are far from each other", () => {
    assert.deepEqual(waitsAfter(...Array.from({ length: 20 }, () => MINUTE)), Array(20).fill(0));
  });

  it("are told of at the first wait, and again after a time without any or a restart by hand", () => {
    const counted = crashes();
    let now = 0;
    const told = (): boolean[] =>
      Array.from({ length: 7 }, () => {
        now += SECOND;
        const { wait, isFirst } = counted.next(now);
        now += wait;
        return isFirst;
      });
    const once = [false, false, false, false, true, false, false];
    assert.deepEqual(told(), once);
    counted.forget();
    assert.deepEqual(told(), once);
    now += 3 * MINUTE;
    assert.deepEqual(told(), once);
  });
});
