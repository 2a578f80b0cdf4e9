import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  cookedOffset,
  type JoinedText,
  sliceCooked,
  sourceOffset,
  sourceSpan,
} from "../../server/src/syntax/joinedText.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { mangledUnit } from "../kit/mangled.ts";

/** The value of the only assignment of a text. */
function onlyValue(text: string): JoinedText {
  const node = parse(text).nodes.find((it) => it.kind === "assignment");
  assert.equal(node?.kind, "assignment");
  return node.value;
}

/** All joined texts of mangled files. */
const joined = mangledUnit.map((text) =>
  parse(text).nodes.flatMap((it) => (it.kind === "comment" ? [] : [it.content])),
);

describe("cooked text: to the source", () => {
  it("maps a line by itself", () => {
    const value = onlyValue("Key= ab");
    assert.deepEqual([sourceOffset(value, 0), sourceOffset(value, 1), sourceOffset(value, 2)], [5, 6, 7]);
  });

  it("maps the space of a continuation to its backslash", () => {
    const text = "A=1\\\n# c\n2";
    const value = onlyValue(text);
    assert.equal(value.text, "1 2");
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => sourceOffset(value, at)),
      [2, 3, 9, 10],
    );
  });

  it("moves offsets behind the text to its end", () => {
    assert.equal(sourceOffset(onlyValue("A=ab"), 9), 4);
    assert.equal(sourceOffset(onlyValue("A=a\\\nb \\\n"), 9), 6);
  });

  it("makes spans that end with their last character, not at the next line", () => {
    const value = onlyValue("A=a \\\n  b");
    assert.deepEqual(sourceSpan(value, 0, 1), { start: 2, end: 3 });
    assert.deepEqual(sourceSpan(value, 0, 3), { start: 2, end: 5 });
    assert.deepEqual(sourceSpan(value, 1, 6), { start: 3, end: 9 });
    assert.deepEqual(sourceSpan(value, 5, 5), { start: 8, end: 8 });
  });
});

describe("cooked text: from the source", () => {
  it("moves what lies between two lines to the start of the second", () => {
    const value = onlyValue("A=1\\\n# c\n2");
    assert.deepEqual(
      [0, 2, 3, 4, 5, 8, 9, 10, 99].map((offset) => cookedOffset(value, offset)),
      [0, 0, 1, 2, 2, 2, 2, 3, 3],
    );
  });

  it("undoes sourceOffset", () => {
    fc.assert(
      fc.property(joined, (texts) => {
        for (const cooked of texts) {
          for (let at = 0; at < cooked.text.length; at++) {
            assert.equal(cookedOffset(cooked, sourceOffset(cooked, at)), at);
          }
        }
      }),
    );
  });

  it("never leaves the text, and never goes back", () => {
    fc.assert(
      fc.property(joined, (texts) => {
        for (const cooked of texts) {
          let last = 0;
          for (let offset = -1; offset <= sourceOffset(cooked, cooked.text.length) + 3; offset++) {
            const at = cookedOffset(cooked, offset);
            assert.ok(last <= at && at <= cooked.text.length);
            last = at;
          }
        }
      }),
    );
  });
});

describe("cooked text: slices", () => {
  it("keep the place of each character", () => {
    fc.assert(
      fc.property(joined, fc.nat(), fc.nat(), (texts, one, other) => {
        for (const cooked of texts) {
          const ends = [one, other].map((it) => it % (cooked.text.length + 1)).sort((a, b) => a - b);
          const [from = 0, to = 0] = ends;
          const slice = sliceCooked(cooked, from, to);
          assert.equal(slice.text, cooked.text.slice(from, to));
          for (let at = 0; at < to - from; at++) {
            assert.equal(sourceOffset(slice, at), sourceOffset(cooked, from + at));
          }
        }
      }),
    );
  });
});
