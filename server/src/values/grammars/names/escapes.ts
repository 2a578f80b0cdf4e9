import { cEscapeAt } from "../../../syntax/escapes.ts";
import type { HoverTopic, Issue, Piece, Reader } from "../../grammar.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";

/** Whether the character NUL may be written; most texts cannot hold it. */
type Nul = "nul" | undefined;

const NUL = /x00|u0000|U00000000|000/y;

function lengthAt(text: string, at: number, nul: Nul): number | undefined {
  NUL.lastIndex = at;
  const zero = nul ? NUL.exec(text)?.[0].length : undefined;
  return zero ?? cEscapeAt(text, at)?.length;
}

/** Colours the C escapes of a piece that is written as it is. */
export function readEscapes(piece: Piece, into: Reader, nul?: Nul): void {
  const { text } = piece;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at)) {
    const length = lengthAt(text, at + 1, nul);
    if (length === undefined) at += 2;
    else {
      const written = part(piece, at, at + 1 + length);
      into.token(written.from, written.to, "escape", escapeTopic(written.text));
      at += 1 + length;
    }
  }
}

/** Says what a C escape stands for. */
export const escapeTopic = (written: string) => (): HoverTopic => wordTopic(written, aboutEscape(written))();

function aboutEscape(written: string): string {
  const value = cEscapeAt(written, 1)?.value ?? "\0";
  const code = value.codePointAt(0) ?? 0;
  const name = NAMES.get(code) ?? (code < 32 || code === 127 ? "a control character" : `the character \`${value}\``);
  return `Stands for ${name}, U+${code.toString(16).toUpperCase().padStart(4, "0")}.`;
}

const NAMES = new Map([
  [0, "the character NUL"],
  [9, "a tab"],
  [10, "a line end"],
  [13, "a carriage return"],
  [32, "a space"],
  [92, "a backslash"],
  [96, "a backquote"],
]);

/** The first backslash in a piece that starts no C escape. Follows cunescape(), systemd 257 to 262. */
export function escapeIssue(piece: Piece, nul?: Nul): Issue | undefined {
  const { text } = piece;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at)) {
    const length = lengthAt(text, at + 1, nul);
    if (length === undefined) {
      const bad = part(piece, at, at + 2);
      const message = "has a backslash without an escape sequence";
      const fixes = [{ title: "Double the backslash", from: bad.from, to: bad.from, text: "\\" }];
      return issueAt(bad, "value/quoting", message, fixes);
    }
    at += 1 + length;
  }
  return undefined;
}
