import { lookAlikeText } from "../families/lookAlikes.ts";
import type { Finding } from "../findings/finding.ts";
import { type Selection, wantedFindings } from "../rules/check.ts";
import type { AppliedFix } from "../rules/fixAll.ts";
import { TOO_LONG_FINDING } from "../rules/notRead.ts";
import { type LineIndex, lineIndex } from "../text/lineIndex.ts";
import type { LoadedFiles } from "../units/loadedFiles.ts";
import type { InputFile } from "./files.ts";

/** What was found in one file. */
export interface FileReport {
  readonly path: string;
  readonly kind: InputFile["kind"];
  readonly text: string;
  readonly lines: LineIndex;
  /** Missing where there are no rules to check it with, so that it is not taken for a clean one. */
  readonly findings?: readonly Finding[];
  /** What comments or a baseline suppress, for a format that names it. */
  readonly suppressed?: readonly Finding[] | undefined;
  /** What adding the safe settings that it lacks does to its exposure, such as `9.0 → 4.8`. */
  readonly gain?: string | undefined;
  /** What was fixed in it, and the lines of its text before that. */
  readonly fixed?: readonly AppliedFix[] | undefined;
  readonly linesBefore?: LineIndex | undefined;
  /** How many findings are not among those because they are not severe enough to be shown. */
  readonly hidden?: number | undefined;
  /** How systemd loads it, where it lies in a load path. */
  readonly loaded?: LoadedFiles | undefined;
  /** Why nothing of its text was checked, the end of a sentence. */
  readonly unread?: string | undefined;
  /** Whether it was named, and not found in a folder. */
  readonly isNamed?: boolean;
}

/** The report of a file that is longer than what is checked: one sentence, and nothing of its text. */
export const tooLongReport = (
  path: string,
  kind: FileReport["kind"],
  selection: Selection,
): CheckedFile & { readonly unit: undefined } => ({
  path,
  kind,
  text: "",
  lines: lineIndex(""),
  findings: wantedFindings([TOO_LONG_FINDING], selection),
  unit: undefined,
});

/** The report of a file that was checked. */
export type CheckedFile = FileReport & Required<Pick<FileReport, "findings">>;

/** A report that says which findings make the exit status 1. */
export interface CheckResult extends FileReport {
  readonly fails: (finding: Finding) => boolean;
}

/** Whether a file was checked. */
export function isChecked(report: FileReport): report is CheckedFile {
  return report.findings !== undefined;
}

/** What is said of a file that was not checked. */
export const notChecked = ({ kind }: Pick<FileReport, "kind">): string => {
  const alike = lookAlikeText(kind);
  return alike ? `not a unit: ${alike.sentence}` : noRules([kind]);
};

/** What is said of all files of a run that were not checked: a line for those of other families, and one for look-alikes. */
export function allNotChecked(reports: readonly Pick<FileReport, "kind">[]): readonly string[] {
  const alike = reports.flatMap(({ kind }) => lookAlikeText(kind)?.name ?? []);
  const others = reports.map((it) => it.kind).filter((it) => !lookAlikeText(it));
  const kinds = sorted(alike).map((it) => `${it} (${alike.filter((other) => other === it).length})`);
  return [
    ...(others.length > 0 ? [`${filesText(others.length)} ${noRules(others)}`] : []),
    ...(alike.length > 0 ? [`${filesText(alike.length)} named like units: ${kinds.join(", ")}`] : []),
  ];
}

const filesText = (count: number): string => `${count} file${count === 1 ? "" : "s"}`;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

function noRules(kinds: readonly string[]): string {
  const all = sorted(kinds);
  const last = all.pop() ?? "";
  return `not checked: there are no rules yet for ${all.length > 0 ? `${all.join(", ")} and ` : ""}${last} files`;
}

/** What is suppressed in a file: by its comments, and by its baseline what is not among the findings that are left. */
export function suppressedIn(
  { suppressed = [], findings = [] }: FileReport,
  reported: FileReport["findings"] = [],
): readonly Finding[] {
  const fresh = new Set(reported);
  const known = findings.filter((it) => !fresh.has(it));
  return [...suppressed, ...known.map((it) => ({ ...it, fixes: [], suppressed: { by: "baseline" as const } }))];
}

/** Whether a file only looks like a unit, so that there is nothing to check; what has none of its sections may be one with mistakes. */
export const isNone = ({ kind }: FileReport): boolean => lookAlikeText(kind) !== undefined && kind !== "other-program";
