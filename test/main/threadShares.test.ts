import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { InputFile } from "../../server/src/cli/files.ts";
import { SHARE, ThreadShares } from "../../server/src/main/threadShares.ts";

const filesOf = (count: number, name: (i: number) => string): InputFile[] =>
  Array.from({ length: count }, (_, i) => ({ path: `/f/${i}/${name(i)}`, unit: undefined, kind: "service" }));

/** Gives each of some threads a share in turn until nothing is left; the places of each thread. */
function shared(files: readonly InputFile[], threads: number): number[][] {
  const shares = new ThreadShares(files, threads);
  const taken: number[][] = Array.from({ length: threads }, () => []);
  for (let left = files.length; left > 0; )
    for (const its of taken) {
      const share = shares.take(taken.indexOf(its), files.length - left);
      assert.ok(share.length <= SHARE);
      its.push(...share);
      left -= share.length;
    }
  return taken;
}

describe("the shares of threads", () => {
  it("have each file once", () => {
    const files = filesOf(10_000, (i) => `app-${i % 37}.service`);
    const all = shared(files, 3).flat();
    assert.deepEqual(
      all.toSorted((a, b) => a - b),
      files.map((_, i) => i),
    );
  });

  it("have files of one name in one thread, as far as no thread would be idle", () => {
    const files = filesOf(10_000, (i) => `app-${i % 37}.service`);
    const [first = [], second = []] = shared(files, 2);
    const apart = Array.from({ length: 37 }, (_, name) => {
      const [one, other] = [first, second].map((its) => its.filter((at) => at % 37 === name).length);
      return Math.max(one ?? 0, other ?? 0);
    });
    assert.ok(apart.reduce((sum, it) => sum + it, 0) > 0.8 * files.length, apart.join());
    const same = shared(
      filesOf(10_000, () => "app.service"),
      2,
    );
    assert.deepEqual(
      same.map((it) => Math.abs(it.length - 5000) <= SHARE),
      [true, true],
    );
  });

  it("are no further ahead of what is printed than can be kept", () => {
    const shares = new ThreadShares(
      filesOf(100_000, (i) => `${i}.service`),
      2,
    );
    const taken: number[] = [];
    for (let share = shares.take(0, 0); share.length > 0; share = shares.take(0, 0)) taken.push(...share);
    assert.equal(new Set(taken).size, taken.length);
    assert.ok(Math.max(...taken) < 3000);
    assert.ok(shares.take(1, 100).length > 0);
  });
});
