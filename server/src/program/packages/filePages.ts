import { Recent } from "../../text/recent.ts";
import type { PackageDatabase } from "./manager.ts";

/** A file is read in pieces, of which a few are kept; a page lies in one of them whole. */
const PIECE = 1 << 22;
const MOST_PIECES = 4;

/** The pages of a database by their numbers from 0; undefined for a size that no database has. */
export function filePages(
  path: string,
  length: number,
  files: PackageDatabase,
): ((number: number) => Uint8Array) | undefined {
  if (length < 512 || PIECE % length !== 0) return undefined;
  const pieces = new Recent<number, Uint8Array>(MOST_PIECES);
  const pieceAt = (start: number): Uint8Array => {
    const piece = pieces.get(start) ?? files.read(path, start, start + PIECE) ?? new Uint8Array();
    pieces.set(start, piece);
    return piece;
  };
  return (number) => {
    const at = number * length;
    return pieceAt(at - (at % PIECE)).subarray(at % PIECE, (at % PIECE) + length);
  };
}
