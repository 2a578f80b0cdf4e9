import type { Tag } from "./tags.ts";

/** How a call begins in a line of its own that leaves no text of a unit behind, or whose text nobody knows. */
const CALL = /^(?:define|undefine|pushdef|popdef|changequote|changecom|include|sinclude|ifdef|ifelse|divert)\b/gm;
/** What ends a stretch that is thrown away. */
const BACK = /^divert(?:\(0?\))?(?!\()[^\n\r]*/gm;
/** A longer call is none. */
const LONGEST = 4096;

/** The stretches of a text for m4 that are no lines of a unit: calls up to their last parenthesis, and what is diverted. */
export function m4Tags(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let it = nextFrom(CALL, text, 0); it; it = nextFrom(CALL, text, tags.at(-1)?.end ?? 0)) {
    const start = it.index;
    const isAway = text.startsWith("divert(-", start);
    const back = isAway ? nextFrom(BACK, text, start + 1) : undefined;
    const end = isAway ? (back ? back.index + back[0].length : text.length) : callEnd(text, start + it[0].length);
    tags.push({ start, end, role: "silent", dialect: "m4" });
  }
  return tags;
}

function nextFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Where the parenthesis that opens at an offset is closed; without one, there. */
function callEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < Math.min(text.length, at + LONGEST); i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")") depth--;
    if (depth === 0) return text[i] === ")" ? i + 1 : at;
  }
  return at;
}
