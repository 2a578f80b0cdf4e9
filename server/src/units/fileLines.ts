import type { UnitFile } from "../syntax/tree.ts";
import { type LineIndex, lineIndex } from "../text/lineIndex.ts";
import { memo } from "./memo.ts";

/** The lines of a file as LSP counts them; most often they are those of systemd, and known. */
export const lineIndexOf = memo(({ text, lines }: UnitFile): LineIndex => {
  const plain = !text.includes("\r") && !text.includes("\0");
  return lineIndex(text, plain ? lines : undefined);
});
