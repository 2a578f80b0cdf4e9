import type { Range, TextEdit } from "vscode-languageserver-types";
import { formatEdits } from "../syntax/format.ts";
import { lspEdit, spanOf, type View } from "./view.ts";

/** The edits that lay out the file, or the lines that a range touches; none where the file cannot be laid out safely. */
export function format(view: View, range?: Range): TextEdit[] {
  const edits = formatEdits(view.unit.file, range && spanOf(view, range)) ?? [];
  return edits.map((edit) => lspEdit(view, edit));
}
