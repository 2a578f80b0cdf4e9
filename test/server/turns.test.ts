import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { describe, it } from "mocha";
import { AfterMessages } from "../../server/src/server/turns.ts";

describe("what is done after messages that arrived together", () => {
  it("comes two turns after the last of them, without a timer", async () => {
    const done: number[] = [];
    let turn = 0;
    const soon = new AfterMessages(() => done.push(turn));
    for (; turn < 10; turn++) {
      if (turn < 5) soon.askedAgain();
      await setImmediate();
    }
    assert.equal(done.length, 1);
    assert.ok(done[0] !== undefined && done[0] >= 5 && done[0] <= 7, `in turn ${done[0]}`);
  });

  it("comes in between where they do not end", async () => {
    let isDone = false;
    const soon = new AfterMessages(() => {
      isDone = true;
    });
    const end = performance.now() + 10_000;
    while (!isDone && performance.now() < end) {
      soon.askedAgain();
      await setImmediate();
    }
    assert.ok(isDone);
  });

  it("does not come once it is cancelled", async () => {
    let isDone = false;
    new AfterMessages(() => {
      isDone = true;
    }).cancel();
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    assert.equal(isDone, false);
  });
});
