import type { PositionMap } from "../text/positionMap.ts";
import type { Span } from "../text/span.ts";

/** A stretch of a text and what it was made of; in the order of the text, whatever the order of the source. */
export interface HostedPiece extends Span {
  readonly source: Span;
  /** Whether both have the same characters. */
  readonly exact: boolean;
}

/** Where the parts of a unit stand in its host, in both directions. */
export interface HostedMap extends PositionMap {
  /** The smallest stretch of the host that holds all that a stretch of the text was made of; undefined where all of it is made up. */
  spanInSource(span: Span): Span | undefined;
  /** The piece that an offset of the host stands in, or that it touches. */
  pieceAt(source: number): HostedPiece | undefined;
}

/** Maps by pieces that do not overlap in the text; an offset between two belongs to the one before it. */
export function hostedMap(pieces: readonly HostedPiece[]): HostedMap {
  const bySource = pieces.toSorted((a, b) => a.source.start - b.source.start || a.source.end - b.source.end);
  const lastUpTo = (sorted: readonly HostedPiece[], offset: number, start: (it: HostedPiece) => number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = sorted[middle];
      if (piece && start(piece) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const pieceAt = (source: number): HostedPiece | undefined => {
    const last = lastUpTo(bySource, source, (it) => it.source.start);
    // One that is empty, or ends before, may come after one that reaches farther.
    for (let i = last; i >= Math.max(0, last - MAX_BEFORE); i--) {
      const piece = bySource[i];
      if (piece && source <= piece.source.end && piece.source.start < piece.source.end) return piece;
    }
    return undefined;
  };
  return {
    pieceAt,
    toSource: (offset) => {
      const piece = pieces[lastUpTo(pieces, offset, (it) => it.start)];
      if (!piece) return 0;
      if (piece.exact) return Math.min(piece.source.start + offset - piece.start, piece.source.end);
      return offset < piece.end ? piece.source.start : piece.source.end;
    },
    toText: (offset) => {
      const piece = pieceAt(offset);
      if (!piece) return 0;
      return piece.exact ? piece.start + offset - piece.source.start : piece.start;
    },
    spanInSource: ({ start, end }) => {
      let found: Span | undefined;
      const first = lastUpTo(pieces, start, (it) => it.start);
      for (let i = Math.max(0, first); i < pieces.length; i++) {
        const piece = pieces[i];
        if (!piece || piece.start > end) break;
        if (piece.end < start || (piece.end === start && start < end) || (piece.start === end && start < end)) continue;
        const from = piece.exact ? piece.source.start + Math.max(0, start - piece.start) : piece.source.start;
        const to = piece.exact ? piece.source.start + Math.min(piece.end, end) - piece.start : piece.source.end;
        found = { start: Math.min(from, found?.start ?? from), end: Math.max(to, found?.end ?? to) };
      }
      return found;
    },
  };
}

/** The same map where all of the source stands elsewhere. */
export function movedMap(map: HostedMap, by: number): HostedMap {
  const to = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    toSource: (offset) => map.toSource(offset) + by,
    toText: (offset) => map.toText(offset - by),
    spanInSource: (span) => {
      const found = map.spanInSource(span);
      return found && to(found);
    },
    pieceAt: (source) => {
      const found = map.pieceAt(source - by);
      return found && { ...found, source: to(found.source) };
    },
  };
}

/** How many pieces may share their beginning in the source, as the lines of a list share their name. */
const MAX_BEFORE = 8;
