import { append } from "../../text/append.ts";
import type { NixNode, NixStringPart } from "./nixTree.ts";

/** A part as it was read, before the indentation is taken away. */
export type RawPart =
  | { readonly kind: "text" | "escape"; readonly start: number; readonly text: string }
  | { readonly kind: "interpolation"; readonly start: number; readonly end: number; readonly node: NixNode };

/** The parts of a string in double quotes. */
export function quotedParts(raw: readonly RawPart[]): NixStringPart[] {
  return raw.map((it) => {
    if (it.kind === "interpolation") return interpolated(it);
    return it.kind === "escape" ? unescaped(it.start, it.text, it.text.slice(1)) : plain(it.start, it.text);
  });
}

/**
 * The parts of a string in two single quotes: each line without the blanks that all have, the first one left out if it is
 * blank. Follows ParserState::stripIndentation(), Nix 2.26.
 */
export function indentedParts(all: readonly RawPart[]): NixStringPart[] {
  const [first, ...others] = all;
  const blank = first?.kind === "text" ? (/^ *\n/.exec(first.text)?.[0].length ?? 0) : 0;
  const raw =
    first?.kind === "text" ? [{ ...first, start: first.start + blank, text: first.text.slice(blank) }, ...others] : all;
  const least = leastIndentation(raw);
  const parts: NixStringPart[] = [];
  const line: LineStart = { here: true, dropped: 0 };
  for (const [i, it] of raw.entries()) {
    if (it.kind === "interpolation") {
      parts.push(interpolated(it));
      line.here = false;
      line.dropped = 0;
    } else if (it.kind === "escape") {
      const part = unescaped(it.start, it.text, it.text.slice(it.text[2] === "\\" ? 3 : 2));
      parts.push(part);
      line.here = part.text === "\n";
      line.dropped = 0;
    } else append(parts, withoutIndentation(it, least, line, i === raw.length - 1));
  }
  return parts;
}

/** Whether a line begins here, and how many of its blanks are gone. */
interface LineStart {
  here: boolean;
  dropped: number;
}

/** Each line of a text without its first blanks; the last one of the string is left out if it has nothing else. */
function withoutIndentation(
  { start, text }: { start: number; text: string },
  least: number,
  line: LineStart,
  isLast: boolean,
): NixStringPart[] {
  const parts: NixStringPart[] = [];
  const lines = text.split("\n");
  let at = start;
  for (const [n, own] of lines.entries()) {
    const hasEnd = n < lines.length - 1;
    const blanks = line.here ? blanksBefore(own) : 0;
    const cut = Math.min(Math.max(0, least - line.dropped), blanks);
    const isEmptyEnd = isLast && !hasEnd && n > 0 && blanks === own.length;
    const kept = isEmptyEnd ? "" : `${own.slice(cut)}${hasEnd ? "\n" : ""}`;
    if (kept !== "") parts.push(plain(at + cut, kept));
    line.here = hasEnd || (line.here && blanks === own.length);
    line.dropped = hasEnd || !line.here ? 0 : line.dropped + cut;
    at += own.length + 1;
  }
  return parts;
}

/** How many blanks begin each line that has something on it. */
function leastIndentation(raw: readonly RawPart[]): number {
  let least = Number.POSITIVE_INFINITY;
  let atLineStart = true;
  let blanks = 0;
  const ends = (): void => {
    if (atLineStart) least = Math.min(least, blanks);
    atLineStart = false;
  };
  for (const it of raw) {
    if (it.kind !== "text") ends();
    else
      for (const char of it.text) {
        if (char === "\n") [atLineStart, blanks] = [true, 0];
        else if (char === " " && atLineStart) blanks++;
        else ends();
      }
  }
  return least;
}

const blanksBefore = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

const plain = (start: number, text: string): NixStringPart => ({
  start,
  end: start + text.length,
  text,
  exact: true,
});

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** An escape as what it stands for; `escaped` is what follows its sign. */
function unescaped(start: number, written: string, escaped: string): NixStringPart {
  const quotes = written === "'''" ? "''" : undefined;
  const text = quotes ?? (written.startsWith("''$") ? "$" : (ESCAPES[escaped] ?? escaped));
  return { start, end: start + written.length, text, exact: false };
}

const interpolated = ({ start, end, node }: Extract<RawPart, { kind: "interpolation" }>): NixStringPart => ({
  start,
  end,
  text: undefined,
  exact: false,
  node,
});
