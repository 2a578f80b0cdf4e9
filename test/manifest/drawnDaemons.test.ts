import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { DAEMONS } from "../../lab/proving-ground/daemons.ts";
import { drawnPackages, listedUnits } from "../../lab/proving-ground/random/pool.ts";

describe("the packages that daemons are drawn from", () => {
  it("come in an order that the seed alone gives", () => {
    const first = drawnPackages("one");
    assert.deepEqual(drawnPackages("one"), first);
    assert.notDeepEqual(drawnPackages("two"), first);
    assert.deepEqual(drawnPackages("two").toSorted(), first.toSorted());
  });

  it("are none of those that a table names", () => {
    const drawn = new Set(drawnPackages("one"));
    assert.ok(drawn.size > 200);
    for (const { packages, unit } of DAEMONS) {
      assert.ok(!packages.some((it) => drawn.has(it)), packages[0]);
      assert.ok(listedUnits().has(unit), unit);
    }
  });
});
