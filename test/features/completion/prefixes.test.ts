import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { typedBeginnings } from "../../../build/typedBeginnings.ts";

describe("completion: the first letters of a directive", () => {
  it("lead to the one that is meant, 29 times of 29", () => {
    const rows = typedBeginnings();
    assert.deepEqual(
      rows.filter((it) => it.first !== it.meant),
      [],
    );
    assert.equal(rows.length, 29);
  });

  it("are counted, and not chosen: mem, env and std among them", () => {
    const meant = Object.fromEntries(typedBeginnings().map((it) => [`${it.section} ${it.typed}`, it.meant]));
    assert.equal(meant["Service mem"], "MemoryMax");
    assert.equal(meant["Service env"], "Environment");
    assert.equal(meant["Service std"], "StandardOutput");
    assert.equal(meant["Unit sta"], "StartLimitIntervalSec");
  });
});
