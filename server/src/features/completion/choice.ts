import type { CompletionItemKind } from "vscode-languageserver-types";

/** Something that may be put into a stretch of a value. */
export interface Choice {
  /** What it is inserted as. */
  readonly text: string;
  readonly kind: CompletionItemKind;
  readonly summary?: string | undefined;
  /** A few words to show behind the label. */
  readonly remark?: string | undefined;
  /** The stretch of the value that it replaces. */
  readonly from: number;
  readonly to: number;
  /** Lower ones come first; those of one rank keep their order. */
  readonly rank: number;
}
