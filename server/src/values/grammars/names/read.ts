import { specifiersOf } from "../../../syntax/specifiers.ts";
import { expand, isTrouble, type Specifiers } from "../../expand.ts";
import type { Piece, Reader, Trouble } from "../../grammar.ts";
import { colourless, part, troubleAt } from "../../piece.ts";

/** Gives each known specifier of a piece of the value its colour, and the trouble of the first unknown one. */
export function readSpecifiers(piece: Piece, table: Specifiers, into: Reader): Trouble | undefined {
  for (const { from, to } of specifiersOf(piece.text)) {
    const it = expand(part(piece, from, to), table, into);
    if (isTrouble(it)) return it;
  }
  return undefined;
}

/** Replaces the specifiers of a word of a value and colours them, also where they stand between quotes. */
export function expandWord(value: Piece, word: Piece, table: Specifiers, into: Reader): Piece | Trouble {
  if (word.exact) return expand(word, table, into);
  const trouble = readSpecifiers(rawOf(value, word), table, into);
  return trouble ?? expand(word, table, colourless(into));
}

/** A word as it is written, with its quotes and escapes. */
export const rawOf = (value: Piece, word: Piece): Piece => part(value, word.from - value.from, word.to - value.from);

/** Reads a piece by a question about its text without specifiers; where that is uncertain there is no trouble. */
export function judge(
  piece: Piece | Trouble,
  code: Trouble["code"],
  says: (text: string, piece: Piece) => string | undefined,
): Trouble | undefined {
  if (isTrouble(piece)) return piece;
  const what = piece.certain ? says(piece.text, piece) : undefined;
  return what === undefined ? undefined : troubleAt(piece, code, what);
}
