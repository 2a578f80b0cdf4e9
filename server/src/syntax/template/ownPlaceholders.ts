import type { Placeholder } from "./templateDialect.ts";

/** A longer name is none. */
const LONGEST_NAME = 100;

/** What may stand for the `*` of a pattern, with blanks around it. */
const NAME = /^[ \t]{0,9}[\w.:-]{1,100}[ \t]{0,9}$/;

/** The words of one line of a text that are written as some patterns say, each with one `*` for the name; in no order. */
export function ownPlaceholders(
  text: string,
  start: number,
  end: number,
  patterns: readonly string[],
): readonly Placeholder[] {
  return patterns.flatMap((pattern) => {
    const [opening = "", closing = ""] = pattern.split("*");
    const line = text.slice(start, end);
    const found: Placeholder[] = [];
    for (let at = line.indexOf(opening); at >= 0; ) {
      const from = at + opening.length;
      const to = endOfName(line, from, closing);
      if (to !== undefined) found.push({ start: start + at, end: start + to, dialect: "own" });
      at = line.indexOf(opening, to ?? at + 1);
    }
    return found;
  });
}

/** Where the closing ends after a name that begins at an offset; a pattern without one ends with its name. */
function endOfName(line: string, from: number, closing: string): number | undefined {
  const near = line.slice(from, from + LONGEST_NAME + 20 + closing.length);
  if (closing === "") {
    const [name] = /^\w{1,100}/.exec(near) ?? [];
    return name === undefined ? undefined : from + name.length;
  }
  const to = near.indexOf(closing);
  return to > 0 && NAME.test(near.slice(0, to)) ? from + to + closing.length : undefined;
}

/** Whether a text may hold any of them. */
export const mayHoldOwn = (text: string, patterns: readonly string[]): boolean =>
  patterns.some((it) => text.includes(it.slice(0, it.indexOf("*"))));
