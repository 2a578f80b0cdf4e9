import type { Span } from "../text/span.ts";

/** One run of characters that stand side by side in the source. */
interface Piece {
  /** Where the run begins in the cooked text. */
  readonly at: number;
  /** Where it begins in the source, counted from where the text begins: a text that moves keeps its runs. */
  readonly start: number;
}

/** Text as systemd sees it after joining continued lines, which remembers where each character stands in the source. */
export interface JoinedText {
  readonly text: string;
  /** Where the text begins in the source. */
  readonly start: number;
  /** The runs of a text from several lines; missing where it stands in the source as it is. */
  readonly pieces?: readonly Piece[];
}

/** The source offset of the character at a cooked offset; the end of the text maps to one past its last character. */
export function sourceOffset(cooked: JoinedText, at: number): number {
  const { pieces, text, start } = cooked;
  const inside = Math.min(at, text.length);
  if (!pieces) return start + inside;
  if (inside > 0 && inside === text.length) return sourceOffset(cooked, inside - 1) + 1;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece ? start + piece.start + (inside - piece.at) : start;
}

/** The source span of a stretch of cooked text; it covers line breaks and comments between its ends. */
export function sourceSpan(cooked: JoinedText, from: number, to: number): Span {
  const start = sourceOffset(cooked, from);
  return { start, end: to > from ? sourceOffset(cooked, to - 1) + 1 : start };
}

/** The cooked offset of the first character at or after a source offset, at most the length of the text. */
export function cookedOffset(cooked: JoinedText, offset: number): number {
  const { pieces, text, start } = cooked;
  if (!pieces) return Math.max(0, Math.min(offset - start, text.length));
  for (let i = pieces.length - 1; i >= 0; i--) {
    const piece = pieces[i];
    if (!piece || offset < start + piece.start) continue;
    const end = pieces[i + 1]?.at ?? text.length;
    return Math.min(piece.at + (offset - start - piece.start), end);
  }
  return 0;
}

const FIRST: Piece = { at: 0, start: 0 };

/** A part of cooked text with its own offsets. */
export function sliceCooked(cooked: JoinedText, from: number, to: number): JoinedText {
  const text = cooked.text.slice(from, to);
  if (!cooked.pieces) return { text, start: cooked.start + from };
  const start = sourceOffset(cooked, from);
  const later = cooked.pieces.filter((piece) => piece.at > from && piece.at < to);
  if (later.length === 0) return { text, start };
  return {
    text,
    start,
    pieces: [FIRST, ...later.map((piece) => ({ at: piece.at - from, start: cooked.start + piece.start - start }))],
  };
}
