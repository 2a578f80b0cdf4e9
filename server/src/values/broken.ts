import type { WordError } from "../syntax/words.ts";
import type { Piece, Trouble } from "./grammar.ts";
import { part } from "./piece.ts";

/** What is wrong where the splitting broke off. */
export function brokenAt(piece: Piece, { kind, from, to }: WordError): Trouble {
  const at = part(piece, from, to);
  return { from: at.from, to: at.to, code: "value/quoting", says: BROKEN[kind] };
}

const BROKEN: Readonly<Record<WordError["kind"], string>> = {
  "unterminated-quote": "has a quote that is not closed",
  "bad-escape": "has a backslash without an escape sequence",
  "trailing-backslash": "ends in a backslash",
};
