import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { differentFromMachine, noPodmanGenerator } from "../../kit/podmanGenerator.ts";
import { quadletFolders } from "../../kit/quadletInputs.ts";
import { skip } from "../../kit/skip.ts";

/** How many folders are tried; `npm run fuzz -- --only quadlets` tries more. */
const FOLDERS = 150;

describe("quadlets: the machine's podman", () => {
  it("makes the same services of random folders, and refuses the same", function () {
    const missing = noPodmanGenerator();
    if (missing !== undefined) {
      skip(this, missing);
    }
    this.timeout(300_000);
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    console.log(`    SEED=${seed}`);
    for (const it of fc.sample(quadletFolders, { seed, numRuns: FOLDERS })) {
      const different = differentFromMachine(it);
      assert.equal(different, undefined, `SEED=${seed}\n${JSON.stringify(it, undefined, 1)}\n${different}`);
    }
  });
});
