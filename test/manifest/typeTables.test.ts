import assert from "node:assert/strict";
import { runInThisContext } from "node:vm";
import { build } from "esbuild";
import { describe, it } from "mocha";
import { typeTables } from "../../build/typeTables.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import type { ValueType } from "../../server/src/values/valueType.ts";

describe("value types of the bundles", () => {
  it("are all there, each with what it follows, and no others", async () => {
    const { outputFiles } = await build({
      entryPoints: ["server/src/values/unitTypes.ts"],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "made",
      plugins: [typeTables],
    });
    const made = runInThisContext(`${outputFiles[0]?.text};made`) as { unitType(name: string): ValueType | undefined };
    const told = (type: ValueType | undefined): string =>
      JSON.stringify(type, (_, value) => (typeof value === "function" ? String(value).length > 0 : value));
    for (const [name, type] of Object.entries(UNIT_TYPES)) assert.equal(told(made.unitType(name)), told(type), name);
    for (const name of ["", "toString", "__proto__", "image"]) assert.equal(made.unitType(name), undefined);
  });
});
