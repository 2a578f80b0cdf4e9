import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, describe, it } from "mocha";
import { bundleEmptyServer } from "../../bench/pair.ts";
import { startUp } from "../../bench/startUp.ts";
import { built } from "../kit/built.ts";

/** What other work of the machine may add to a ratio of two processes that run in turns. */
const SLACK = 1.4;

const ATTEMPTS = 3;

describe("start-up", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(`${tmpdir()}/unit-warden-start-`);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("stays near that of an empty server, and of Node.js alone", async function () {
    this.timeout(ATTEMPTS * 60_000);
    const empty = await bundleEmptyServer(folder);
    let over: string[] = [];
    // A burst of other work passes; what is slow stays slow.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const figures = await startUp({ dist: "dist", empty, cache: folder, rounds: 5 });
      const bound = figures.flatMap(({ what, value, target }) =>
        target === undefined ? [] : [{ what, value, target }],
      );
      assert.equal(bound.length, 2);
      over = bound.filter((it) => it.value > it.target * SLACK).map((it) => `${it.what}: ${it.value}`);
      if (over.length === 0) return;
    }
    assert.deepEqual(over, []);
  });
});
