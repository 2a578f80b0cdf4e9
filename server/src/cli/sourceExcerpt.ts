import type { LineIndex } from "../text/lineIndex.ts";
import { onOneLine, printable } from "../text/printable.ts";
import type { Span } from "../text/span.ts";
import type { Paint } from "./terminal.ts";

/** So much of a long line stands before what is marked in it. */
const BEFORE = 20;

/** The line of a finding as it stands in the file, and below it marks at what the finding is about. */
export function sourceExcerpt(
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
  { start, end }: Span,
  { width, paint, colour }: { readonly width: number; readonly paint: Paint; readonly colour: string },
): string {
  const { line, character } = lines.positionAt(start);
  const from = start - character;
  const whole = /^[^\r\n\0]*/.exec(text.slice(from, from + MOST))?.[0] ?? "";
  if (whole.trim() === "") return "";
  const number = String(line + 1).padStart(4);
  const room = Math.max(BEFORE * 2, width - number.length - 5);
  const cut = character > room - BEFORE ? character - BEFORE : 0;
  const [before, marked, after] = [
    shown(`${cut > 0 ? "…" : ""}${whole.slice(cut, character)}`),
    shown(whole.slice(character, Math.max(character, Math.min(whole.length, end - from)))),
    shown(whole.slice(Math.max(character, end - from))),
  ];
  const source = before + marked + after;
  const part = source.length > room ? `${source.slice(0, room - 1)}…` : source;
  const marks = "^".repeat(Math.max(1, Math.min(marked.length, room - before.length)));
  const bar = paint("|", "2");
  return `${number} ${bar} ${part}\n${" ".repeat(number.length)} ${bar} ${" ".repeat(before.length)}${paint(marks, colour)}\n`;
}

/** No terminal is wider. */
const MOST = 10_000;

/** As a terminal gets it, so that marks stand below what they are about. */
const shown = (text: string): string => printable(onOneLine(text).replaceAll("\t", "    "));
