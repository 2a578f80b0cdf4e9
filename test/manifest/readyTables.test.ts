import assert from "node:assert/strict";
import { build } from "esbuild";
import { before, describe, it } from "mocha";
import { readyTables } from "../../build/readyTables.ts";
import TYPES from "../../data/configs/types.json";
import MEASURED from "../../data/measured/daemons.json";
import PROGRAMS from "../../data/programs.json";
import { makeEvidenceTable } from "../../server/src/hardening/evidenceTable.ts";
import { makeProgramTable } from "../../server/src/service/programTable.ts";

/** What a bundle exports that has the tables as the build makes them. */
interface Bundled {
  readonly makeEvidenceTable: typeof makeEvidenceTable;
  readonly makeProgramTable: typeof makeProgramTable;
  readonly MEASURED: typeof MEASURED;
  readonly TYPES: typeof TYPES;
}

const ENTRY = `
export { makeEvidenceTable } from "./server/src/hardening/evidenceTable.ts";
export { makeProgramTable } from "./server/src/service/programTable.ts";
export { default as MEASURED } from "./data/measured/daemons.json";
export { default as TYPES } from "./data/configs/types.json";
`;

describe("the tables in the bundle", () => {
  let bundled: Bundled;
  before(async () => {
    const { outputFiles } = await build({
      stdin: { contents: ENTRY, resolveDir: ".", loader: "ts" },
      bundle: true,
      format: "cjs",
      write: false,
      plugins: [readyTables],
    });
    const module = { exports: {} };
    new Function("module", outputFiles[0]?.text ?? "")(module);
    bundled = module.exports as Bundled;
  });

  it("say of value types what the data say", () => {
    assert.deepEqual(bundled.TYPES.types, TYPES.types);
  });

  it("say of evidence and programs what those of the sources say", () => {
    const [{ row: ready, ...read }, { row, ...written }] = [bundled.makeEvidenceTable(), makeEvidenceTable()];
    assert.deepEqual(read, written);
    for (let place = 0; place === 0 || row(place - 1); place++) assert.deepEqual(ready(place), row(place));
    assert.deepEqual(bundled.makeProgramTable(), makeProgramTable());
    const names = Object.values(makeProgramTable()).flatMap((it) => JSON.parse(it).map(([name]: string[]) => name));
    assert.deepEqual(names.toSorted(), PROGRAMS.map((it) => it.name).toSorted());
  });

  it("say of measured daemons all that the command line tells", () => {
    assert.deepEqual(bundled.MEASURED.units, MEASURED.units);
    assert.deepEqual(bundled.MEASURED.rows, MEASURED.rows);
  });
});
