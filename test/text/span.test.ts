import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyEdits } from "../../server/src/text/span.ts";

describe("text: edits", () => {
  it("replaces, inserts and deletes", () => {
    const edits = [
      { start: 0, end: 1, newText: "A" },
      { start: 2, end: 2, newText: "+" },
      { start: 3, end: 5, newText: "" },
    ];
    assert.equal(applyEdits("abcdef", edits), "Ab+cf");
  });

  it("counts all offsets in the text before the edits, whatever their order", () => {
    const edits = [
      { start: 4, end: 5, newText: "E!" },
      { start: 0, end: 1, newText: "" },
    ];
    assert.equal(applyEdits("abcde", edits), "bcdE!");
  });

  it("keeps the order of insertions at one offset", () => {
    const edits = ["x", "y", "z"].map((newText) => ({ start: 1, end: 1, newText }));
    assert.equal(applyEdits("ab", edits), "axyzb");
  });

  it("reaches both ends of the text", () => {
    const edits = [
      { start: 2, end: 2, newText: ">" },
      { start: 0, end: 0, newText: "<" },
    ];
    assert.equal(applyEdits("ab", edits), "<ab>");
    assert.equal(applyEdits("", [{ start: 0, end: 0, newText: "new" }]), "new");
  });

  it("changes nothing without edits", () => {
    assert.equal(applyEdits("a\r\nb", []), "a\r\nb");
  });

  it("equals putting the pieces together", () => {
    const pieces = fc.array(fc.record({ kept: fc.string(), old: fc.string(), newText: fc.string() }));
    fc.assert(
      fc.property(pieces, (parts) => {
        let text = "";
        const edits = parts.map(({ kept, old, newText }) => {
          const start = text.length + kept.length;
          text += kept + old;
          return { start, end: start + old.length, newText };
        });
        assert.equal(applyEdits(text, edits), parts.map(({ kept, newText }) => kept + newText).join(""));
      }),
    );
  });
});
