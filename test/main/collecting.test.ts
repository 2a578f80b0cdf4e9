import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { describe, it } from "mocha";
import { collectAtRest } from "../../server/src/main/collecting.ts";

const MB = 1024 * 1024;

/** How often it collects after some messages with so much taken of so much room. */
async function collections(taken: number, room: number, messages = 1): Promise<number> {
  let count = 0;
  const sent = collectAtRest(
    () => count++,
    () => ({ taken, room }),
  );
  for (let i = 0; i < messages; i++) sent();
  assert.equal(count, 0, "nobody waits for it");
  await setTimeout(20);
  return count;
}

describe("young objects", () => {
  it("are collected between two keys once another key would not find much room", async () => {
    assert.equal(await collections(5 * MB, 8 * MB), 1);
    assert.equal(await collections(5 * MB, 8 * MB, 3), 1);
    assert.equal(await collections(4 * MB, 8 * MB), 0);
    assert.equal(await collections(MB, MB), 0);
  });

  it("are collected by V8 itself", async () => {
    let asked = 0;
    const sent = collectAtRest(undefined, () => {
      asked++;
      return { taken: 5 * MB, room: 8 * MB };
    });
    sent();
    await setTimeout(20);
    sent();
    await setTimeout(20);
    assert.equal(asked, 2);
  });
});
