import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { composedEdits, offsetsBefore } from "../../server/src/text/composedEdits.ts";
import { applyEdits, type TextEdit } from "../../server/src/text/span.ts";

const insert = (start: number, newText: string): TextEdit => ({ start, end: start, newText });

describe("composed edits", () => {
  it("are those of a single round as they are", () => {
    const round = [insert(2, "x"), { start: 0, end: 1, newText: "" }];
    assert.equal(composedEdits("abc", [round]), round);
    assert.deepEqual(composedEdits("abc", []), []);
  });

  it("stay apart where they were, and become one where a round changes what another one wrote", () => {
    const rounds = [[insert(1, "xx"), insert(3, "y")], [{ start: 1, end: 2, newText: "z" }]];
    assert.deepEqual(composedEdits("abcd", rounds), [insert(1, "zx"), insert(3, "y")]);
  });

  it("do what the rounds do one after the other", () => {
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 3 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string(), fc.array(cuts, { maxLength: 4 }), (text, wanted) => {
        let now = text;
        const rounds = wanted.map((round) => {
          const places = [...new Set(round.flatMap(([a, b]) => [a % (now.length + 1), b % (now.length + 1)]))].sort(
            (a, b) => a - b,
          );
          const edits = round.flatMap(([, , newText], i): TextEdit[] => {
            const [start, end] = [places[2 * i], places[2 * i + 1]];
            return start === undefined || end === undefined ? [] : [{ start, end, newText }];
          });
          now = applyEdits(now, edits);
          return edits;
        });
        assert.equal(applyEdits(text, composedEdits(text, rounds)), now);
      }),
    );
  });

  it("tell where a place was before all of them", () => {
    const rounds = [[insert(1, "xx"), { start: 3, end: 5, newText: "" }], [insert(0, "y")]];
    // abcdefg → axxbcfg → yaxxbcfg
    const before = offsetsBefore(rounds);
    assert.deepEqual([0, 1, 2, 4, 5, 6, 7].map(before), [0, 0, 1, 1, 2, 3, 6]);
    assert.equal(offsetsBefore([])(7), 7);
  });
});
