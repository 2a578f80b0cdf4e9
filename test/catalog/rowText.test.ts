import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readRows, writeRows } from "../../server/src/catalog/rowText.ts";
import { CONFIG_KINDS } from "../../server/src/facts/configKinds.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";

describe("tables of configuration files as the bundle has them", () => {
  for (const kind of CONFIG_KINDS)
    it(`say the same of ${kind}`, () => {
      const { sections } = configFamilyOf(kind).description.table;
      const read = readRows(writeRows(sections));
      const inOrder = (them: typeof read): unknown =>
        Object.entries(them).map(([it, rows]) => [it, Object.entries(rows)]);
      assert.deepEqual(inOrder(read), inOrder(sections));
    });
});
