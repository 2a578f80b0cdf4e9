import { type DirectiveName, directive, grammarIn } from "../catalog/catalog.ts";
import { splitWords } from "../syntax/words.ts";
import { outermost, spansTouching } from "../text/spanSearch.ts";
import type { Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import { issuesOf } from "../values/read.ts";

/**
 * A line of a list of the service without the words that systemd ignores, such as misspelt ones; undefined where none is
 * left. What hardening repeats is right.
 */
export function countedWords(unit: Unit, name: DirectiveName, text: string): string | undefined {
  const row = directive("Service", name);
  const issues = row ? issuesOf(grammarIn(row, unit.version), text, whereOf(unit)) : [];
  const ignored = issues.filter(({ effect }) => effect !== "silent" && effect !== "complains");
  if (ignored.length === 0) return text;
  if (ignored.some(({ effect }) => effect === "assignment" || effect === "refused")) return undefined;
  const sign = text.startsWith("~") ? 1 : 0;
  const cut = ignored.reduce((at, { effect, from }) => (effect === "rest" ? Math.min(at, from) : at), text.length);
  const words = splitWords(text.slice(sign), "quotes").words.map((it) => [it.from + sign, it.to + sign] as const);
  const spans = outermost(ignored.map((it) => ({ start: it.from, end: it.to })));
  const counted = words.filter(
    ([from, to]) => to <= cut && spansTouching(spans, { start: from, end: to }).length === 0,
  );
  if (counted.length === 0) return undefined;
  return text.slice(0, sign) + counted.map(([from, to]) => text.slice(from, to)).join(" ");
}
