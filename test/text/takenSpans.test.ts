import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { TakenSpans } from "../../server/src/text/takenSpans.ts";

describe("taken spans", () => {
  it("leave free what neither overlaps nor touches one of them", () => {
    const taken = new TakenSpans();
    assert.ok(taken.isFree({ start: 0, end: 9 }));
    taken.take([{ start: 3, end: 5 }]);
    const free = (start: number, end: number): boolean => taken.isFree({ start, end });
    assert.deepEqual([free(0, 2), free(0, 3), free(4, 4), free(5, 6), free(6, 6)], [true, false, false, false, true]);
  });

  it("answer as a comparison with each of them does", () => {
    const span = fc.tuple(fc.nat(40), fc.nat(4)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const taken = new TakenSpans();
        const all: (typeof spans)[number][] = [];
        for (const it of spans) {
          const isFree = all.every((other) => it.end < other.start || it.start > other.end);
          assert.equal(taken.isFree(it), isFree);
          if (!isFree) continue;
          taken.take([it]);
          all.push(it);
        }
      }),
    );
  });
});
