import type { Finding } from "../findings/finding.ts";
import type { LineIndex } from "../text/lineIndex.ts";
import type { InputFile } from "./files.ts";

/** What was found in one file. */
export interface FileReport {
  readonly path: string;
  readonly kind: InputFile["kind"];
  readonly text: string;
  readonly lines: LineIndex;
  /** Missing where there are no rules to check it with, so that it is not taken for a clean one. */
  readonly findings?: readonly Finding[];
}

/** The report of a file that was checked. */
export type CheckedFile = FileReport & Required<Pick<FileReport, "findings">>;

/** Whether a file was checked. */
export function isChecked(report: FileReport): report is CheckedFile {
  return report.findings !== undefined;
}

/** What is said of files that were not checked, of one type or of several. */
export function notChecked(reports: readonly Pick<FileReport, "kind">[]): string {
  const kinds = [...new Set(reports.map((it) => it.kind))].sort();
  const last = kinds.pop() ?? "";
  return `not checked: there are no rules yet for ${kinds.length > 0 ? `${kinds.join(", ")} and ` : ""}${last} files`;
}
