import { inlines, inlineText } from "./inline.ts";
import type { Inline, ManualBlock, ManualEntry } from "./model.ts";

/** Makes an entry of its line of terms, the offset of that line and its blocks. */
export type EntryReader = (terms: string, at: number, blocks: readonly ManualBlock[]) => ManualEntry;

/** What the line of an entry says about it. */
export interface Terms {
  readonly terms: readonly (readonly Inline[])[];
  /** The names of directives, without the `=`. */
  readonly names: readonly string[];
  /** All that the entry is about as one would ask for it: `STATE_DIRECTORY` of `$STATE_DIRECTORY`. */
  readonly subjects: readonly string[];
  /** The id in the HTML manual, before equal ones on the page are numbered. */
  readonly id: string;
}

/** First terms of two names, which the lines of a page cannot tell from two terms of one name (systemd 257 to 262). */
const OF_TWO_NAMES: readonly string[] = [
  "MemoryMin=bytes, MemoryLow=bytes",
  "MessageQueueMaxMessages=, MessageQueueMessageSize=",
];

const NO_NOTES = new Map<number, string>();

/** Whether the line after a `.PP` is the terms of an entry, by the line that follows it. */
export function isEntryStart(terms: string, next: string | undefined): boolean {
  return next === ".RS 4" && terms !== "" && !/^[.']/.test(terms);
}

/** Takes the line of an entry apart. */
export function readTerms(line: string): Terms {
  const terms: Inline[][] = [[]];
  for (const piece of inlines(line, NO_NOTES)) {
    if (piece.kind !== "text") {
      terms.at(-1)?.push(piece);
      continue;
    }
    for (const [i, text] of piece.text.split(/, (?=[^\d]|$)/).entries()) {
      if (i > 0) terms.push([]);
      if (text !== "") terms.at(-1)?.push({ kind: "text", text });
    }
  }
  const filled = terms.filter((it) => it.length > 0);
  const plain = filled.map((it) => inlineText(it));
  const all = plain.join(", ");
  const id = OF_TWO_NAMES.find((it) => all.startsWith(it)) ?? plain[0] ?? "";
  return {
    terms: filled,
    subjects: plain.map(bareTerm),
    names: plain.flatMap((it) => /^([A-Za-z][\w.-]*)=/.exec(it)?.[1] ?? []),
    id: id.replaceAll("...", "…").replace(/\s+/g, " ").trim(),
  };
}

/** A term without the sign of a variable, quotes, and the value that follows. */
export const bareTerm = (term: string): string => term.replace(/^[$"]+/, "").replace(/["]?(?:=.*|\[=.*)?$/s, "");

/** Numbers ids that come again on a page. */
export function idCounter(): (id: string) => string {
  const seen = new Map<string, number>();
  return (id) => {
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? id : `${id}${count}`;
  };
}
