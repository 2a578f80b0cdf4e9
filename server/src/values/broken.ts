import type { WordError } from "../syntax/words.ts";
import type { Issue, Piece } from "./grammar.ts";
import { part } from "./piece.ts";

/** What is wrong where the splitting broke off. */
export function brokenAt(piece: Piece, { kind, from, to }: WordError): Issue {
  const at = part(piece, from, to);
  return { from: at.from, to: at.to, code: "value/quoting", message: BROKEN[kind] };
}

const BROKEN: Readonly<Record<WordError["kind"], string>> = {
  "unterminated-quote": "has a quote that is not closed",
  "bad-escape": "has a backslash without an escape sequence",
  "trailing-backslash": "ends in a backslash",
};
