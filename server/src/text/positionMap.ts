import type { LineIndex } from "./lineIndex.ts";

/** A stretch of a text that was copied from a source as it stands there. */
export interface MappedPiece {
  /** Where it begins in the text. */
  readonly from: number;
  /** Where it begins in the source. */
  readonly source: number;
  readonly length: number;
}

/**
 * Where the offsets of a text stand in the source that it was made from, such as a template or a module of another
 * language. What was made up stands at the end of the piece before it, at 0 where there is none; what was left out of the
 * source likewise.
 */
export interface PositionMap {
  toSource(offset: number): number;
  toText(offset: number): number;
}

/** Maps by pieces in the order of the text, which is also that of the source; they must not overlap. */
export function positionMap(pieces: readonly MappedPiece[]): PositionMap {
  const across = (offset: number, from: "from" | "source", to: "from" | "source"): number => {
    const piece = pieces.findLast((it) => it[from] <= offset);
    return piece ? piece[to] + Math.min(offset - piece[from], piece.length) : 0;
  };
  return {
    toSource: (offset) => across(offset, "from", "source"),
    toText: (offset) => across(offset, "source", "from"),
  };
}

/** The lines of a source for the offsets of a text that was made from it. */
export const linesOfSource = (lines: LineIndex, map: PositionMap): LineIndex => ({
  positionAt: (offset) => lines.positionAt(map.toSource(offset)),
  offsetAt: (position) => map.toText(lines.offsetAt(position)),
});
