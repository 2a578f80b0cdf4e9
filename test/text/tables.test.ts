import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { joinTables, lazy } from "../../server/src/text/tables.ts";

describe("tables", () => {
  it("are made when they are first read, and once", () => {
    let made = 0;
    const table = lazy(() => ({ made: ++made }));
    assert.equal(made, 0);
    assert.equal(table(), table());
    assert.equal(made, 1);
  });

  it("keep all rows in order when they are joined, the last of a name", () => {
    const joined = joinTables({ b: 1, a: 2 }, { c: 3, b: 4 });
    assert.deepEqual(Object.entries(joined), [
      ["b", 4],
      ["a", 2],
      ["c", 3],
    ]);
  });
});
