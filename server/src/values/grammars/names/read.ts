import { specifiersOf } from "../../../syntax/specifiers.ts";
import { expand, isIssue, type Specifiers } from "../../expand.ts";
import type { Issue, Piece, Reader, Wording } from "../../grammar.ts";
import { colourless, issueAt, part } from "../../piece.ts";

/** Gives each known specifier of a piece of the value its colour, and the trouble of the first unknown one. */
export function readSpecifiers(piece: Piece, table: Specifiers, into: Reader): Issue | undefined {
  for (const { from, to } of specifiersOf(piece.text)) {
    const it = expand(part(piece, from, to), table, into);
    if (isIssue(it)) return it;
  }
  return undefined;
}

/** Replaces the specifiers of a word of a value and colours them, also where they stand between quotes. */
export function expandWord(value: Piece, word: Piece, table: Specifiers, into: Reader): Piece | Issue {
  if (word.exact) return expand(word, table, into);
  const issue = readSpecifiers(rawOf(value, word), table, into);
  return issue ?? expand(word, table, colourless(into));
}

/** A word as it is written, with its quotes and escapes. */
export const rawOf = (value: Piece, word: Piece): Piece => part(value, word.from - value.from, word.to - value.from);

/** Reads a piece by a question about its text without specifiers; where that is uncertain there is no trouble. */
export function judge(
  piece: Piece | Issue,
  code: Issue["code"],
  wordingOf: (text: string, piece: Piece) => Wording | undefined,
): Issue | undefined {
  if (isIssue(piece)) return piece;
  const what = piece.certain ? wordingOf(piece.text, piece) : undefined;
  return what === undefined ? undefined : issueAt(piece, code, what);
}
