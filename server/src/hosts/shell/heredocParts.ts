import type { Span } from "../../text/span.ts";
import { filledPart } from "../filledPart.ts";
import type { HostedPart } from "../hostedUnit.ts";
import { type Expansion, expansionsIn } from "./expansions.ts";

/** The parts of a text in a script: lines as they stand there, and what only the shell knows; undefined where nobody knows which is which. */
export function heredocParts(
  text: string,
  { start, end }: Span,
  { plain, tabs }: { readonly plain: boolean; readonly tabs: boolean },
): readonly HostedPart[] | undefined {
  const parts: HostedPart[] = [];
  const put = (from: number, to: number): void => {
    if (to > from)
      parts.push({ text: text.slice(from, to), source: { start: from, end: to }, exact: true, certain: true });
  };
  const expansions = plain ? [] : placed(expansionsIn(text.slice(start, end)), start);
  if (!expansions) return undefined;
  let number = 0;
  for (let at = start; at < end; ) {
    while (tabs && text[at] === "\t") at++;
    let [from, next] = [at, text.indexOf("\n", at) + 1 || end];
    for (let it = expansions[number]; it && it.start < next; it = expansions[++number]) {
      put(from, it.start);
      from = it.end;
      const made = it.character ?? filledPart(text, at, it.start);
      const source = { start: it.start, end: it.end };
      parts.push({ text: made, source, exact: false, certain: it.character !== undefined });
      // One of several lines ends in the line that it goes on in.
      if (it.end > next) next = text.indexOf("\n", it.end) + 1 || end;
    }
    put(from, next);
    at = next;
  }
  return parts;
}

const placed = (expansions: readonly Expansion[] | undefined, by: number): readonly Expansion[] | undefined =>
  expansions?.map(({ start, end, character }) => ({ start: start + by, end: end + by, character }));

/** A text as it stands in one of which the shell changes something. */
export const inHeredoc = (text: string): string => text.replace(/[$`\\]/g, "\\$&");
