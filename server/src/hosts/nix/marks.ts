import type { Span } from "../../text/span.ts";
import type { NixFile } from "./readNix.ts";

/** The comments for us, by the offset of what stands below them. */
export function marksOf({ text, comments }: NixFile): ReadonlyMap<number, readonly Span[]> {
  const marks = new Map<number, Span[]>();
  if (!text.includes("unit-warden:")) return marks;
  const targets = new Map<number, number>();
  for (const { start, end } of comments.toReversed()) {
    const next = end + (/^\s*/.exec(text.slice(end, end + MAX_BLANKS))?.[0].length ?? 0);
    targets.set(start, targets.get(next) ?? next);
  }
  for (const it of comments) {
    if (!text.startsWith("#", it.start) || !text.slice(it.start, it.end).includes("unit-warden:")) continue;
    const at = targets.get(it.start) ?? it.end;
    const known = marks.get(at);
    if (known) known.push(it);
    else marks.set(at, [it]);
  }
  return marks;
}

/** A comment that is farther from what it is about is about nothing. */
const MAX_BLANKS = 500;
