import type { TextEdit } from "../text/span.ts";
import type { HostedText } from "./hostedText.ts";

/**
 * Edits of a text that stands in its host as it is, indented with the lines around it; undefined where one touches what is
 * written otherwise there. `written` is how a text is put into the host.
 */
export function rawEdits(
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
