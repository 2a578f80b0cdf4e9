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

/** The pieces after some edits, in one pass over both. */
function applied(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let [next, piece] = [1, pieces[0]];
  /** Goes on by some characters, which stay or go. */
  const advance = (by: number, stay: boolean): void => {
    let remaining = by;
    for (; piece && remaining > lengthOf(piece); piece = pieces[next++]) {
      remaining -= lengthOf(piece);
      if (stay) result.push(piece);
    }
    if (!piece) return;
    const [first, second] = halves(piece, remaining);
    if (stay) result.push(first);
    piece = second;
  };
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    advance(edit.start - at, true);
    advance(edit.end - edit.start, false);
    result.push({ newText: edit.newText });
    at = edit.end;
  }
  if (piece) result.push(piece);
  return result.concat(pieces.slice(next));
}

const lengthOf = (piece: Piece): number => ("newText" in piece ? piece.newText.length : piece.end - piece.start);

const halves = (piece: Piece, at: number): readonly [Piece, Piece] =>
  "newText" in piece
    ? [{ newText: piece.newText.slice(0, at) }, { newText: piece.newText.slice(at) }]
    : [
        { start: piece.start, end: piece.start + at },
        { start: piece.start + at, end: piece.end },
      ];

/** The edits of a round in their order, each with how far those before it have moved what follows them. */
type Moves = readonly (TextEdit & { readonly moved: number })[];

function movesOf(edits: readonly TextEdit[]): Moves {
  let moved = 0;
  return edits
    .toSorted((a, b) => a.start - b.start)
    .map((edit) => {
      const before = moved;
      moved += edit.newText.length - (edit.end - edit.start);
      return { start: edit.start, end: edit.end, newText: edit.newText, moved: before };
    });
}

/**
 * Says where places in the text that several rounds of edits leave behind were in the first text; of what an edit put in, where
 * it did.
 */
export function offsetsBefore(rounds: readonly (readonly TextEdit[])[]): (offset: number) => number {
  const all = rounds.map(movesOf);
  return (offset) => all.reduceRight(offsetBeforeRound, offset);
}

function offsetBeforeRound(at: number, moves: Moves): number {
  let [low, high] = [0, moves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { start = 0, moved = 0 } = moves[middle] ?? {};
    if (start + moved < at) low = middle + 1;
    else high = middle;
  }
  const last = moves[low - 1];
  if (!last) return at;
  const { start, end, newText, moved } = last;
  return start + moved + newText.length >= at ? start : at - (moved + newText.length - (end - start));
}
