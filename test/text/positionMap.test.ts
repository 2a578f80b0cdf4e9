import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { linesOfSource, positionMap } from "../../server/src/text/positionMap.ts";

/** Parts of a source, of which only some are copied into a text that has words of its own between them. */
const parts = fc.array(fc.record({ left: fc.string(), made: fc.string(), copied: fc.string({ minLength: 1 }) }));

describe("text: position map", () => {
  const source = "users = {\n  [Service]\n  User=x\n};\n";
  const text = "[Service]\nUser=x\n";
  const map = positionMap([
    { from: 0, source: source.indexOf("["), length: "[Service]\n".length },
    { from: text.indexOf("User"), source: source.indexOf("User"), length: "User=x\n".length },
  ]);

  it("finds lines of a text in an indented source, and back", () => {
    const lines = linesOfSource(lineIndex(source), map);
    assert.deepEqual(lines.positionAt(text.indexOf("User")), { line: 2, character: 2 });
    assert.equal(lines.offsetAt({ line: 2, character: 7 }), text.indexOf("x"));
  });

  it("takes what was left out for the end of what stands before it", () => {
    assert.equal(map.toText(source.indexOf("};")), text.length);
    assert.equal(map.toText(0), 0);
  });

  it("leads from each copied character to itself", () => {
    fc.assert(
      fc.property(parts, (all) => {
        let [from, at] = ["", ""];
        const pieces = all.map(({ left, made, copied }) => {
          [from, at] = [from + made, at + left];
          const piece = { from: from.length, source: at.length, length: copied.length };
          [from, at] = [from + copied, at + copied];
          return piece;
        });
        const made = positionMap(pieces);
        for (const piece of pieces) {
          for (let i = 0; i < piece.length; i++) {
            assert.equal(made.toSource(piece.from + i), piece.source + i);
            assert.equal(made.toText(piece.source + i), piece.from + i);
          }
        }
      }),
    );
  });
});
