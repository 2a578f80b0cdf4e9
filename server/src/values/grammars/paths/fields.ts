import { splitWords, type WordFlags } from "../../../syntax/words.ts";
import { brokenAt } from "../../broken.ts";
import { wordPiece } from "../../combine.ts";
import type { Issue, Piece } from "../../grammar.ts";
import { part } from "../../piece.ts";

/** The parts of a word between colons. */
export interface Parts {
  readonly parts: readonly Piece[];
  /** What stands after the last part that was asked for. */
  readonly rest: Piece | undefined;
  readonly broken: Issue | undefined;
}

/** C escapes, also of the colon itself; no part is empty. */
export const JOINED: WordFlags = { separators: ":", escapes: "c-separators", coalesce: true };
/** The same, but a part may be empty. */
export const SEPARATE: WordFlags = { separators: ":", escapes: "c-separators" };

/** Splits a word at colons, all of it or as many parts as are asked for. */
export function partsOf(word: Piece, how: WordFlags, limit?: number): Parts {
  const { words, rest, error } = splitWords(word.text, how, limit);
  return {
    parts: words.map((it) => wordPiece(word, it)),
    rest: rest === undefined ? undefined : part(word, rest),
    broken: error && brokenAt(word, error),
  };
}
