import { codeSpan } from "../text/markdown.ts";
import type { HoverTopic, Issue, Piece, Reader, Replacement, Wording } from "./grammar.ts";

/** A part of a piece; where characters do not stand for themselves, it covers the whole of it. */
export function part(piece: Piece, from: number, to: number = piece.text.length): Piece {
  const { exact, certain } = piece;
  const text = piece.text.slice(from, to);
  const start = exact ? piece.from + from : piece.from;
  return { text, from: start, to: exact ? start + text.length : piece.to, exact, certain };
}

/** Where a piece stands in the value. */
export const extentOf = ({ from, to }: Piece): { from: number; to: number } => ({ from, to });

/** What is wrong with a piece; a text is said of the directive. */
export function issueAt(
  { from, to }: Piece,
  code: Issue["code"],
  wording: Wording | string,
  fixes: readonly Replacement[] = [],
): Issue {
  const parts = typeof wording === "string" ? { message: wording } : wording;
  return { from, to, code, ...parts, ...(fixes.length > 0 ? { fixes } : {}) };
}

/** What a hover says under a title. */
export const titledTopic = (title: string, text: string) => (): HoverTopic => ({ kind: "prose", title, text });

/** What a hover says of a word. */
export const wordTopic = (word: string, text: string): (() => HoverTopic) => titledTopic(codeSpan(word), text);

/** A reader to which nothing is told, for a look ahead. */
export const silenced = ({ where }: Reader): Reader => {
  const ignore = () => undefined;
  return { where, quiet: true, brief: true, problem: ignore, token: ignore, slot: ignore };
};

/** A reader that only looks: nothing is coloured. */
export const colourless = (into: Reader): Reader => ({ ...into, token: () => undefined });
