import { insertAfter, lineEnding } from "../findings/edits.ts";
import { statementsIn } from "../needs/statements.ts";
import type { UnitFile } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";
import { MARK } from "../units/mark.ts";

/** The comment of what is stated, as `no homes`. */
export const statementComment = (text: string): string => `# ${MARK} ${text}`;

/** Puts statements after those of a file, else at the top of its [Service], which a text without one gets. */
export function addStatements(file: UnitFile, texts: readonly string[]): readonly TextEdit[] {
  if (texts.length === 0) return [];
  const comments = texts.map(statementComment);
  const section = file.sections.find((it) => it.name === "Service" && it.header.closed);
  const last = section && statementsIn(file).findLast((it) => section.start <= it.start && it.end <= section.end);
  if (section) return [insertAfter(file, last ? { end: last.end, lastLine: last.line } : section.header, comments)];
  const eol = lineEnding(file.text);
  const open = file.text === "" || /[\r\n]$/.test(file.text) ? "" : eol;
  const at = file.text.length;
  return [{ start: at, end: at, newText: [`${open}[Service]`, ...comments, ""].join(eol) }];
}
