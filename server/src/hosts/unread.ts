import { SECTIONS } from "../catalog/sections.ts";
import type { Span } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import type { UnreadText } from "./hostedUnit.ts";

/** The sections that say what a text is: those of units and quadlets that no other program's files have. */
const TELLING = `(?:${Object.keys(SECTIONS).join("|")}|Container|Pod|Kube|Volume|NetDev|Match)`;
const FIRST = new RegExp(`^(?:[ \\t]*(?:[#;][^\\n]*)?\\r?\\n)*[ \\t]*\\[${TELLING}\\][ \\t]*\\r?\\n`);
const SETTING = /^[ \t]*[A-Z][A-Za-z0-9]{1,63}[ \t]*=/m;
/** A header in a line of its own, or where a text between quotes begins that has its line ends as `\n`. */
const HEADER = new RegExp(
  `(?:^[ \\t]*|["'])\\[${TELLING}\\](?:\\\\n|[ \\t]*\\r?\\n[ \\t]*)(?=[A-Z][A-Za-z0-9]{1,63}[ \\t]*=)`,
  "gm",
);
/** What goes on with a text: settings, headers, comments and lines that continue others. */
const GOES_ON = /^[ \t]*(?:$|[#;[]|[A-Z][A-Za-z0-9]{1,63}[ \t]*=|\S.*\\\r?$)/;

/** Whether a text is that of a unit, wherever it goes: it begins with a section and sets something. */
export const isUnitText = (text: string): boolean =>
  FIRST.test(text.slice(0, HEAD)) && SETTING.test(text.slice(0, HEAD));

/** So far a text is looked at. */
const HEAD = 4096;

/** The places of texts of units in a file, outside of those that are known, in their order. */
export function unreadHeaders(text: string, known: readonly Span[]): readonly UnreadText[] {
  const found: UnreadText[] = [];
  const sorted = known.toSorted((a, b) => a.start - b.start);
  let past = 0;
  for (const it of text.matchAll(HEADER)) {
    const start = it.index + it[0].indexOf("[");
    const end = text.indexOf("]", start) + 1;
    if (start < past || spansTouching(sorted, { start, end }).length > 0) continue;
    found.push({ start, end, why: "it is put together in a way that Unit Warden does not follow" });
    past = endOfText(text, end);
  }
  return found;
}

function endOfText(text: string, from: number): number {
  let at = text.indexOf("\n", from) + 1 || text.length;
  while (at < text.length) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    if (!GOES_ON.test(text.slice(at, Math.min(end, at + HEAD)))) return at;
    at = end + 1;
  }
  return at;
}
