import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { parse } from "../../server/src/syntax/parse.ts";
import type { Node, UnitFile } from "../../server/src/syntax/tree.ts";
import { mangledUnit } from "../kit/mangled.ts";

/** All that a node says, without its class. */
function facts(node: Node): object {
  if (node.kind !== "assignment") return node;
  const { kind, start, end, firstLine, lastLine, content, utf8, key, keySpan, equals, value, text } = node;
  const { valueSpan } = node;
  return { kind, start, end, firstLine, lastLine, content, utf8, key, keySpan, equals, value, text, valueSpan };
}

const plain = (file: UnitFile): object => ({
  ...file,
  nodes: file.nodes.map(facts),
  preamble: file.preamble.map(facts),
  sections: file.sections.map((it) => ({ ...it, header: facts(it.header), nodes: it.nodes.map(facts) })),
});

/** A place in a text, what is taken away there, and what comes in its stead. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(8)),
  text: fc.oneof(fc.constant(""), fc.string({ unit: "grapheme-ascii", maxLength: 2 }), mangledUnit),
});

function applied(text: string, { at, length, text: added }: { at: number; length: number; text: string }): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + added + text.slice(start + length);
}

const assignmentOf = (file: UnitFile, key: string): Node | undefined =>
  file.nodes.find((node) => node.kind === "assignment" && node.key === key);

describe("parse: after an edit", () => {
  it("gives what a whole reading gives", () => {
    fc.assert(
      fc.property(mangledUnit, fc.array(edit, { minLength: 1, maxLength: 4 }), (first, edits) => {
        let [text, file] = [first, parse(first)];
        for (const it of edits) {
          text = applied(text, it);
          file = parse(text, file);
          assert.deepEqual(plain(file), plain(parse(text)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps the lines that the edit does not touch, and leaves the file before it as it was", () => {
    const text = "[Unit]\nA=1\n# note\n[Service]\nB=2\nC=3 \\\n  4\nD=5\n";
    const before = parse(text);
    const was = structuredClone(plain(before));
    const after = parse(text.replace("B=2", "B=longer\n\nX=1"), before);
    for (const key of ["A", "C", "D"]) {
      const [old, now] = [assignmentOf(before, key), assignmentOf(after, key)];
      assert.ok(old?.kind === "assignment" && now?.kind === "assignment");
      assert.equal(now.line, old.line, key);
    }
    assert.deepEqual(plain(before), was);
  });

  it("costs no whole reading: an equal text gives the same nodes", () => {
    const text = "[Unit]\nA=1\nB=2\nC=3\n";
    const before = parse(text);
    assert.equal(assignmentOf(parse(text, before), "A"), assignmentOf(before, "A"));
  });
});
