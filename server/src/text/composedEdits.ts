import type { Span, TextEdit } from "./span.ts";

/** A stretch of the first text, or what stands there instead. */
type Piece = Span | { readonly newText: string };

/**
 * The edits of a text that do what several rounds of edits do, each round of which counts in the text that the one before it
 * leaves behind.
 */
export function composedEdits(text: string, rounds: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const [only] = rounds;
  if (only && rounds.length === 1) return only;
  const pieces = rounds.reduce<readonly Piece[]>(applied, [{ start: 0, end: text.length }]);
  const edits: TextEdit[] = [];
  let [at, newText] = [0, ""];
  for (const piece of [...pieces, { start: text.length, end: text.length }]) {
    if ("newText" in piece) {
      newText += piece.newText;
      continue;
    }
    if (piece.start > at || newText !== "") edits.push({ start: at, end: piece.start, newText });
    [at, newText] = [piece.end, ""];
  }
  return edits;
}

function applied(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let rest = pieces;
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const [before, after] = split(rest, edit.start - at);
    const [, behind] = split(after, edit.end - edit.start);
    result.push(...before, { newText: edit.newText });
    rest = behind;
    at = edit.end;
  }
  return [...result, ...rest];
}

/** The pieces before and after an offset. */
function split(pieces: readonly Piece[], offset: number): readonly [readonly Piece[], readonly Piece[]] {
  let left = offset;
  for (const [i, piece] of pieces.entries()) {
    const length = "newText" in piece ? piece.newText.length : piece.end - piece.start;
    if (left > length) {
      left -= length;
      continue;
    }
    const [first, second] = halves(piece, left);
    return [
      [...pieces.slice(0, i), first],
      [second, ...pieces.slice(i + 1)],
    ];
  }
  return [pieces, []];
}

const halves = (piece: Piece, at: number): readonly [Piece, Piece] =>
  "newText" in piece
    ? [{ newText: piece.newText.slice(0, at) }, { newText: piece.newText.slice(at) }]
    : [
        { start: piece.start, end: piece.start + at },
        { start: piece.start + at, end: piece.end },
      ];
