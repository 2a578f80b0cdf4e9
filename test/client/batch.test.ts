import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { batched } from "../../client/explorer/batch.ts";

describe("client: questions asked together", () => {
  it("are asked in parts, and each gets its own answer", async () => {
    const asked: (readonly number[])[] = [];
    const double = batched<number, number>(
      async (keys) => {
        asked.push(keys);
        return keys.map((it) => 2 * it);
      },
      { most: 3, wait: 0 },
    );
    assert.deepEqual(await Promise.all([1, 2, 3, 4].map(double)), [2, 4, 6, 8]);
    assert.deepEqual(asked, [[1, 2, 3], [4]]);
    assert.equal(await double(5), 10);
    assert.equal(asked.length, 3);
  });

  it("have no answer where they fail", async () => {
    const fails = batched<number, number>(() => Promise.reject(new Error("gone")), { most: 3, wait: 0 });
    assert.deepEqual(await Promise.all([1, 2].map(fails)), [undefined, undefined]);
  });
});
