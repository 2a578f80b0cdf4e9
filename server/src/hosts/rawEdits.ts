import { applyEdits, type Span, type TextEdit } from "../text/span.ts";
import type { HostedText } from "./hostedText.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";

/** How a text is put into a host, and how that is read again. */
export interface RawHost {
  readonly written: (text: string) => string;
  readonly read: (text: string) => HostedFile;
  /** The part of the file that can be read without the rest, and has the unit alone; the whole file where missing. */
  readonly part?: (file: HostedFile, unit: HostedUnit) => Span;
}

/** The whole file is read again for the edits of each unit: of one with more characters for all its units nothing is edited. */
const MOST_READ_AGAIN = 32 << 20;

/** Edits of the text of a unit as edits of the file that has it as it is; none that make anything else of the file. */
export function rawHostEdits(
  file: HostedFile,
  unit: HostedUnit,
  own: HostedText,
  edits: readonly TextEdit[],
  { written, read, part }: RawHost,
): readonly TextEdit[] | undefined {
  if (!part && file.units.length * file.text.length > MOST_READ_AGAIN) return undefined;
  const made = rawEdits(file.text, own, edits, written);
  if (!made) return undefined;
  const { start, end } = part?.(file, unit) ?? { start: 0, end: file.text.length };
  const inPart = made.map((it) => ({ ...it, start: it.start - start, end: it.end - start }));
  const again = read(applyEdits(file.text.slice(start, end), inPart)).units[part ? 0 : file.units.indexOf(unit)];
  return again?.raw && textOfParts(again.raw) === applyEdits(own.text, edits) ? made : undefined;
}

const textOfParts = (parts: NonNullable<HostedUnit["raw"]>): string => parts.map((it) => it.text).join("");

/**
 * Edits of a text that stands in its host as it is, indented with the lines around it; undefined where one touches what is
 * written otherwise there. `written` is how a text is put into the host.
 */
function rawEdits(
  source: string,
  { map, uncertain }: HostedText,
  edits: readonly TextEdit[],
  written: (text: string) => string,
): readonly TextEdit[] | undefined {
  const made: TextEdit[] = [];
  for (const { start, end, newText } of edits) {
    if (uncertain.some((it) => it.start < end && start < it.end)) return undefined;
    const [own, to] = [map.toSource(start), map.toSource(end)];
    // Whole lines go with their indentation.
    const line = source.lastIndexOf("\n", own - 1) + 1;
    const isWhole = start < end && source[to - 1] === "\n" && source.slice(line, own).trim() === "";
    const from = isWhole ? line : own;
    if (from > to) return undefined;
    made.push({ start: from, end: to, newText: indented(source, from, written(newText)) });
  }
  return made;
}

/** A text with the indentation of the line that it comes into, wherever in that line. */
function indented(source: string, at: number, text: string): string {
  const lineStart = source.lastIndexOf("\n", at - 1) + 1;
  const isLineStart = lineStart === at;
  // A line that is still empty has that of the one before it.
  const model = isLineStart ? source.lastIndexOf("\n", at - 2) + 1 : lineStart;
  const blanks = /^[ \t]*/.exec(source.slice(model, isLineStart ? at : at + 1))?.[0] ?? "";
  if (!isLineStart) return text.replaceAll("\n", `\n${blanks}`).replace(/^[ \t]+(?=\n)/gm, "");
  return text.replace(/^(?=.)/gm, blanks);
}
