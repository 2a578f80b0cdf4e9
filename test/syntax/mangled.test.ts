import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type JoinedText, sourceOffset } from "../../server/src/syntax/joinedText.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import type { Node, UnitFile } from "../../server/src/syntax/tree.ts";
import type { Span } from "../../server/src/text/span.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { referenceLines } from "../kit/reference.ts";

/** Every span of a tree, with a name for the message. */
function spansOf(file: UnitFile): (readonly [name: string, span: Span])[] {
  return [
    ...file.nodes.flatMap((node): (readonly [string, Span])[] => {
      const whole = [node.kind, node] as const;
      if (node.kind === "header") return [whole, ["name", node.nameSpan]];
      if (node.kind !== "assignment") return [whole];
      return [whole, ["key", node.keySpan], ["value", node.valueSpan]];
    }),
    ...file.sections.map((section) => ["section", section] as const),
  ];
}

function cookedTexts(node: Node): JoinedText[] {
  if (node.kind === "comment") return [];
  return node.kind === "assignment" ? [node.content, node.value] : [node.content];
}

describe("parse: mangled files", () => {
  const property = (check: (text: string, file: UnitFile) => void) => () => {
    fc.assert(
      fc.property(mangledUnit, (text) => check(text, parse(text))),
      { numRuns: 500 },
    );
  };

  it(
    "are read as config_parse() reads them",
    property((text, { nodes }) => {
      const lines = nodes.flatMap((node) =>
        node.kind === "comment" ? [] : [{ line: node.lastLine + 1, text: node.content.text }],
      );
      assert.deepEqual(lines, referenceLines(text));
    }),
  );

  it(
    "have all spans inside of the text",
    property((text, file) => {
      for (const [name, { start, end }] of spansOf(file)) {
        assert.ok(0 <= start && start <= end && end <= text.length, `${name} ${start}-${end}`);
      }
    }),
  );

  it(
    "have sorted nodes, which overlap only where a comment stands inside of a continued line",
    property((_, { nodes }) => {
      let line: Node | undefined;
      let previous: Node | undefined;
      for (const node of nodes) {
        if (previous) assert.ok(previous.start < node.start, `${previous.start} comes before ${node.start}`);
        if (previous?.kind === "comment") assert.ok(previous.end < node.start);
        if (line && node.start <= line.end) {
          assert.equal(node.kind, "comment");
          assert.ok(node.end <= line.end);
        }
        if (node.kind !== "comment") line = node;
        previous = node;
      }
    }),
  );

  it(
    "leave nothing but blanks, line ends, byte order marks and backslashes outside of the nodes",
    property((text, { nodes }) => {
      let at = 0;
      let outside = "";
      for (const { start, end } of nodes) {
        outside += text.slice(at, Math.max(at, start));
        at = Math.max(at, end);
      }
      assert.match(outside + text.slice(at), /^[ \t\n\r\0\ufeff\\]*$/);
    }),
  );

  it(
    "know where each character of a joined line stands",
    property((text, { nodes }) => {
      for (const cooked of nodes.flatMap(cookedTexts)) {
        const source = Array.from({ length: cooked.text.length }, (_, at) => text[sourceOffset(cooked, at)]);
        for (const [at, char] of source.entries()) {
          assert.ok(char === cooked.text[at] || (char === "\\" && cooked.text[at] === " "), `character ${at}`);
        }
      }
    }),
  );

  it(
    "have keys, equals signs, values and names where they say",
    property((text, { nodes }) => {
      const at = ({ start, end }: Span): string => text.slice(start, end);
      for (const node of nodes) {
        if (node.kind === "comment" || node.firstLine !== node.lastLine) continue;
        if (node.kind === "header") assert.equal(at(node.nameSpan), node.name);
        if (node.kind !== "assignment") continue;
        assert.equal(at(node.keySpan), node.key);
        assert.equal(text[node.equals], "=");
        assert.equal(at(node.valueSpan), node.value.text);
        assert.ok(node.keySpan.end <= node.equals && node.equals < node.valueSpan.start);
      }
    }),
  );

  it(
    "have every node in exactly one section or before the first",
    property((_, { nodes, preamble, sections }) => {
      assert.deepEqual([...preamble, ...sections.flatMap((it) => [it.header, ...it.nodes])], nodes);
    }),
  );

  it(
    "count their lines from the start of the text",
    property((text, { lines, nodes }) => {
      assert.deepEqual(
        lines,
        [...new Set(lines)].sort((a, b) => a - b),
      );
      assert.equal(lines[0] ?? 0, 0);
      for (const node of nodes) {
        assert.equal(lines[node.kind === "comment" ? node.line : node.firstLine], node.start);
        if (node.kind !== "comment") assert.ok(node.lastLine <= lines.length);
      }
      assert.ok(lines.every((start) => start < text.length));
    }),
  );
});
