import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { mangledUnit } from "../kit/mangled.ts";

/** The position of every offset, as `line:character`. */
function positions(text: string): string[] {
  const lines = lineIndex(text);
  return Array.from({ length: text.length + 1 }, (_, offset) => {
    const { line, character } = lines.positionAt(offset);
    return `${line}:${character}`;
  });
}

describe("text: line index", () => {
  it("ends a line at LF", () => {
    assert.deepEqual(positions("a\nbc\n"), ["0:0", "0:1", "1:0", "1:1", "1:2", "2:0"]);
  });

  it("ends a line at CR", () => {
    assert.deepEqual(positions("a\rb"), ["0:0", "0:1", "1:0", "1:1"]);
  });

  it("ends one line at CR LF and two at LF CR", () => {
    assert.deepEqual(positions("a\r\nb"), ["0:0", "0:1", "0:2", "1:0", "1:1"]);
    assert.deepEqual(positions("a\n\rb"), ["0:0", "0:1", "1:0", "2:0", "2:1"]);
  });

  it("ends no line at NUL, NEL or the separators of Unicode", () => {
    assert.deepEqual(positions("\0\u0085\u2028\u2029"), ["0:0", "0:1", "0:2", "0:3", "0:4"]);
  });

  it("counts UTF-16 units", () => {
    assert.deepEqual(lineIndex("😀=x").positionAt(3), { line: 0, character: 3 });
    assert.equal(lineIndex("😀=x").offsetAt({ line: 0, character: 2 }), 2);
  });

  it("moves offsets outside of the text to its ends", () => {
    const lines = lineIndex("ab\ncd");
    assert.deepEqual(lines.positionAt(-7), { line: 0, character: 0 });
    assert.deepEqual(lines.positionAt(99), { line: 1, character: 2 });
  });

  it("moves positions outside of the text to its ends", () => {
    const lines = lineIndex("ab\ncd");
    assert.equal(lines.offsetAt({ line: -1, character: 2 }), 0);
    assert.equal(lines.offsetAt({ line: 2, character: 0 }), 5);
    assert.equal(lines.offsetAt({ line: 1, character: -3 }), 3);
  });

  it("moves positions outside of a line to its ends, before the line end", () => {
    for (const eol of ["\n", "\r", "\r\n"]) {
      const lines = lineIndex(`ab${eol}cd${eol}`);
      assert.equal(lines.offsetAt({ line: 0, character: 9 }), 2, JSON.stringify(eol));
      assert.equal(lines.offsetAt({ line: 1, character: 9 }), 4 + eol.length, JSON.stringify(eol));
    }
    assert.equal(lineIndex("ab").offsetAt({ line: 0, character: 9 }), 2);
  });

  it("knows the empty text", () => {
    assert.deepEqual(lineIndex("").positionAt(0), { line: 0, character: 0 });
    assert.equal(lineIndex("").offsetAt({ line: 0, character: 0 }), 0);
  });

  it("takes every offset there and back, except the middle of CR LF", () => {
    fc.assert(
      fc.property(mangledUnit, (text) => {
        const lines = lineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const inside = offset > 0 && text.startsWith("\r\n", offset - 1);
          assert.equal(lines.offsetAt(lines.positionAt(offset)), inside ? offset - 1 : offset);
        }
      }),
    );
  });

  it("counts as many lines as the text has line ends", () => {
    fc.assert(
      fc.property(mangledUnit, (text) => {
        assert.equal(lineIndex(text).positionAt(text.length).line, text.match(/\r\n|\r|\n/g)?.length ?? 0);
      }),
    );
  });
});
