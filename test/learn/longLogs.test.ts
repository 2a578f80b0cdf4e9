import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { mergeNeeds } from "../../server/src/learn/merge.ts";
import { needsReader } from "../../server/src/learn/reader.ts";
import { longLog } from "../kit/straceLog.ts";

/** Megabytes; `LONG_LOG=500` reads as much as a busy service writes in days. */
const SIZE = Number(process.env.LONG_LOG ?? 50);
/** Megabytes that a reader may keep, however long the log is. */
const MOST = 96;

/** Megabytes in use once nothing can be freed. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

describe("a log that does not end", () => {
  it("is read in bounded memory", function () {
    this.timeout(60_000 + SIZE * 2000);
    const reader = needsReader({ log: "ExecStart" });
    const before = heap();
    let most = 0;
    let read = 0;
    for (const piece of longLog(SIZE)) {
      reader.add(piece);
      read += piece.length;
      if (read > 10e6) {
        most = Math.max(most, heap() - before);
        read = 0;
      }
    }
    const needs = reader.end();
    assert.ok(most < MOST, `${most.toFixed(0)} MB are kept`);
    assert.ok(Object.keys(needs.paths).length <= 16384);
    assert.ok(needs.addresses.length <= 1024);
    assert.ok(Object.keys(needs.syscalls).length <= 1024);
    assert.ok((needs.paths["/var/cache/x"]?.used.make ?? needs.paths["/var/cache"]?.used.make) !== undefined);
    const twice = mergeNeeds(needs, needs);
    assert.deepEqual(Object.keys(twice.paths), Object.keys(needs.paths));
    assert.equal(twice.calls, 2 * needs.calls);
  });
});
