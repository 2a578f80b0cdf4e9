import type { CompletionItemKind } from "vscode-languageserver-types";

/** Something that may be put into a stretch of a value. */
export interface Choice {
  /** What it is inserted as. */
  readonly text: string;
  /** What it is called in the list, where that differs. */
  readonly label?: string;
  /** What typed letters are compared with, where that is not the label; `""` for what is offered only as long as nothing is typed. */
  readonly filter?: string;
  readonly kind: CompletionItemKind;
  readonly summary?: string | undefined;
  /** A few words to show after the label. */
  readonly remark?: string | undefined;
  /** The stretch of the value that it replaces. */
  readonly from: number;
  readonly to: number;
  /** Lower ones come first; those of one rank keep their order. */
  readonly rank: number;
  /** A directive of the same section that gets the same value in a line of its own. */
  readonly also?: string;
}

/** Makes choices of one kind for one stretch of a value. */
export const choicesOf =
  (kind: CompletionItemKind, { from, to }: Pick<Choice, "from" | "to">) =>
  (text: string, summary: string, rank: number): Choice => ({ text, kind, summary, from, to, rank });

/** The order of what different sources offer; between two of them stands what is common for the directive. */
export const RANKS = {
  /** What begins as typed and nothing else does. */
  typed: 0,
  common: 10,
  own: 20,
  offered: 30,
  machine: 40,
  /** Signs before a value. */
  signs: 50,
} as const;
