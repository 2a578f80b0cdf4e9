import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "mocha";

/** V8 may take another shape where it compiles the code that makes an object anew; without care each of the 400 has one of its own. */
const MOST_SHAPES = 50;

describe("services of a fleet", () => {
  it("are of one shape, so that what reads them need not look up where their properties are", () => {
    const argv = ["--allow-natives-syntax", "--import=tsx", "test/units/fleetShapes.ts"];
    const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    const shapes = Object.entries(JSON.parse(stdout || "{}") as Readonly<Record<string, number>>);
    assert.equal(shapes.length, 7, stderr);
    for (const [name, count] of shapes) assert.ok(count > 0 && count <= MOST_SHAPES, `${name}: ${count} shapes`);
  });
});
