import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { hostileUnit } from "../../test/kit/mutate.ts";
import { fuzzTarget } from "./target.ts";

/** Breaks on a unit with a pipe in it, as a mistake of our own would. */
const planted = fuzzTarget({
  name: "planted",
  input: hostileUnit,
  run({ text }) {
    assert.ok(!text.includes("|"), "a pipe breaks it");
  },
});

describe("fuzzer", () => {
  it("makes the same units of the same seed, and others of another one", () => {
    const units = (seed: number): unknown => fc.sample(hostileUnit, { seed, numRuns: 20 });
    assert.deepEqual(units(5), units(5));
    assert.notDeepEqual(units(5), units(6));
  });

  it("finds what breaks a property, makes it as small as it gets and finds it again", async () => {
    const { found } = await planted.search(1, 60);
    assert.equal(found?.message, "a pipe breaks it");
    assert.deepEqual(found.input, { path: "", text: "|", dropIns: [] });
    await assert.rejects(planted.replay(found.input), /a pipe breaks it/);
    assert.deepEqual((await planted.search(found.seed, 60)).found, found);
  });
});
