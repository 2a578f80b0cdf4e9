import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import type { JoinedText } from "../../../syntax/joinedText.ts";
import type { Span } from "../../../text/span.ts";

/** One line as the generator reads it: a physical one, or several that continuations join. */
export interface QuadletTextLine extends Span {
  /** The text without the blanks at both ends, as far as the version takes them off. */
  readonly content: JoinedText;
  /** The number that its messages name, from 1. */
  readonly number: number;
}

/** What the lines of a text are; `endless` is the line at which the generator never comes to an end. */
export interface QuadletTextLines {
  readonly lines: readonly QuadletTextLine[];
  readonly endless?: Span;
}

/** Whether a version takes blanks off the ends of lines. */
export const trimsLines = (version: PodmanVersion): boolean => podmanDoes(version, "trims lines");

/** Whether a line without blanks around it is a comment or empty. */
export function isQuadletComment(line: string, version: PodmanVersion): boolean {
  const first = line.charAt(0);
  return first === "" || first === "#" || first === (podmanDoes(version, "reads comments anywhere") ? ";" : ":");
}

/** Splits a text into the lines that a version reads. */
export function quadletLines(text: string, version: PodmanVersion): QuadletTextLines {
  const physical = physicalLines(text);
  return podmanDoes(version, "reads comments anywhere")
    ? joined(text, physical, version)
    : joinedBefore(text, physical, version);
}

/** White space as Go has it. */
const BLANK = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** The stretch without the blanks at both ends. */
export function withoutBlanks(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && BLANK.test(text.charAt(from))) from++;
  while (to > from && BLANK.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

function physicalLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    lines.push({ start, end });
    start = end + 1;
  }
  if (start < text.length) lines.push({ start, end: text.length });
  return lines;
}

/** One text of several stretches of the source. */
function join(text: string, parts: readonly Span[]): JoinedText {
  const [first] = parts;
  if (!first) return { text: "", start: 0 };
  if (parts.length === 1) return { text: text.slice(first.start, first.end), start: first.start };
  let joinedText = "";
  const pieces: { at: number; start: number }[] = [];
  for (const { start, end } of parts) {
    if (end > start || pieces.length === 0) pieces.push({ at: joinedText.length, start: start - first.start });
    joinedText += text.slice(start, end);
  }
  return { text: joinedText, start: first.start, pieces };
}

/** Since 5.4: each line loses its blanks, one that ends in a backslash goes on in the next that is no comment. */
function joined(text: string, physical: readonly Span[], version: PodmanVersion): QuadletTextLines {
  const lines: QuadletTextLine[] = [];
  let parts: Span[] = [];
  for (const [index, line] of physical.entries()) {
    const span = withoutBlanks(text, line);
    const comment = isQuadletComment(text.slice(span.start, span.end), version);
    const pending = parts.some((it) => it.end > it.start);
    if (comment && pending) continue;
    if (!comment && text.charAt(span.end - 1) === "\\") {
      parts.push({ start: span.start, end: span.end - 1 });
      if (index < physical.length - 1) continue;
    } else {
      parts.push(span);
    }
    const content = join(text, comment ? [span] : parts);
    lines.push({ content, number: index + 1, start: parts[0]?.start ?? span.start, end: span.end });
    parts = [];
  }
  return { lines };
}

/** Before: only settings continue, also those in comments at first, and whatever stands on the next line belongs to them. */
function joinedBefore(text: string, physical: readonly Span[], version: PodmanVersion): QuadletTextLines {
  const trims = podmanDoes(version, "trims lines");
  const trimsEach = podmanDoes(version, "trims each line");
  const lines: QuadletTextLine[] = [];
  for (let index = 0; index < physical.length; index++) {
    const number = index + 1;
    const first = physical[index] ?? { start: 0, end: 0 };
    const span = trims ? withoutBlanks(text, first) : first;
    const parts: Span[] = [span];
    const line = text.slice(span.start, span.end);
    const continues = line.indexOf("=") > 0 && !(trimsEach && isQuadletComment(line, version));
    for (let last = span; continues && endsOpen(text, last) && index < physical.length - 1; ) {
      // What was taken off an end is what it counts wrong, so that it reads the same line for ever.
      if (trims && !trimsEach && (first.start < span.start || last.end < (physical[index] ?? last).end)) {
        return { lines, endless: span };
      }
      index++;
      const next = physical[index] ?? last;
      const short = withoutBlanks(text, next);
      if (trims && short.end === short.start) return { lines, endless: span };
      parts[parts.length - 1] = { start: last.start, end: last.end - 1 };
      last = trimsEach ? short : trims ? { start: next.start, end: short.end } : next;
      parts.push(last);
    }
    lines.push({ content: join(text, parts), number, start: span.start, end: (parts.at(-1) ?? span).end });
  }
  return { lines };
}

const endsOpen = (text: string, { start, end }: Span): boolean => end > start && text.charAt(end - 1) === "\\";
