import type { SelectionRange } from "vscode-languageserver-types";
import { grammarIn } from "../catalog/catalog.ts";
import { placeAt, type SyntaxPlace } from "../syntax/cursorPlace.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Span } from "../text/span.ts";
import { whereOf } from "../units/where.ts";
import { tokensOf } from "../values/read.ts";
import { contentEnd } from "./symbols.ts";
import { rangeOf, type View } from "./view.ts";

/** What a selection grows over from an offset on: a part of a word, the word, the value, the assignment, the section, the file. */
export function selectionRange(view: View, offset: number): SelectionRange {
  const { file } = view.unit;
  const place = placeAt(file, offset);
  const { section } = place;
  const spans: Span[] = [
    ...spansIn(view, place, offset),
    ...(section ? [{ start: section.start, end: contentEnd(section) }] : []),
    { start: 0, end: file.text.length },
  ];
  let inner: Span = { start: offset, end: offset };
  const growing: Span[] = [];
  for (const span of spans) {
    const grows = span.start <= inner.start && inner.end <= span.end && span.end - span.start > inner.end - inner.start;
    if (!grows) continue;
    growing.push(span);
    inner = span;
  }
  return (
    growing.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: rangeOf(view, span), ...(parent ? { parent } : {}) }),
      undefined,
    ) ?? { range: rangeOf(view, inner) }
  );
}

/** Inside of a line, the narrowest first. */
function spansIn(view: View, place: SyntaxPlace, offset: number): readonly Span[] {
  switch (place.kind) {
    case "blank":
      return [];
    case "comment":
      return [place.node];
    case "header":
      return [place.node.nameSpan, place.node];
    case "key":
      return place.node.kind === "assignment" ? [place.node.keySpan, place.node] : [place.node];
    case "value":
      return offset < place.node.valueSpan.start || offset > place.node.valueSpan.end
        ? [place.node]
        : [...partsOf(view, place), place.node.valueSpan, place.node];
  }
}

/** The parts of the value that the cursor touches, and the stretch between blanks; a part after the cursor goes first. */
function partsOf({ unit }: View, { node, at, section }: Extract<SyntaxPlace, { kind: "value" }>): Span[] {
  const known = section && unit.family.content.directive(section.name, node.key);
  const tokens = known ? tokensOf(grammarIn(known, unit.version), node.text, whereOf(unit)) : [];
  const touched = tokens.filter(({ from, to }) => from <= at && at <= to);
  const parts = touched.sort((a, b) => Number(b.to > at) - Number(a.to > at) || a.to - a.from - (b.to - b.from));
  const from = node.text.slice(0, at).search(/(?<!\S)\S*$/);
  const to = at + (/^\S*/.exec(node.text.slice(at))?.[0].length ?? 0);
  return [...parts, { from, to }].filter((it) => it.to > it.from).map((it) => sourceSpan(node.value, it.from, it.to));
}
