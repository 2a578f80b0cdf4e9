import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CONFIG_TABLES } from "../../server/src/catalog/configTables.ts";
import { readRows, writeRows } from "../../server/src/catalog/rowText.ts";
import { CONFIG_KINDS } from "../../server/src/facts/configKinds.ts";

/** A row with all its parts, as most have the first alone. */
const filled = (row: unknown): unknown => {
  const [type, since = 0, rest = {}] = typeof row === "string" ? [row] : (row as [unknown, number?, object?]);
  return [type, since, rest];
};

describe("tables of configuration files as the bundle has them", () => {
  for (const kind of CONFIG_KINDS)
    it(`say the same of ${kind}`, () => {
      const { sections } = CONFIG_TABLES[kind];
      const read = readRows(writeRows(sections));
      assert.deepEqual(Object.keys(read), Object.keys(sections));
      for (const [section, rows] of Object.entries(sections)) {
        const expected = Object.entries(rows).map(([name, row]) => [name, filled(row)]);
        assert.deepEqual(Object.entries(read[section] ?? {}), expected, section);
      }
    });
});
