import type { Grade } from "../../../findings/finding.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { ContainerRow } from "./containerRows.ts";

/** What a container lacks in one respect. */
export interface ContainerGap {
  readonly row: ContainerRow;
  /** The lines that a profile would add to [Container]; without any there is nothing to write. */
  readonly lines: readonly string[];
  /** Lines that get another value in place. */
  readonly changes: readonly { readonly node: Assignment; readonly value: string }[];
  /** How sure it is that the program bears them; `open` where the reader has to know. */
  readonly grade: Grade | "open";
  /** The end of a sentence, of a likely or open one what has to hold. */
  readonly reason: string;
  readonly silenced: boolean;
}
