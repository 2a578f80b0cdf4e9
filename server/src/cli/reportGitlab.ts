import type { Severity } from "../findings/finding.ts";
import { type CheckedFile, type FileReport, isChecked } from "./fileReport.ts";
import { fingerprints } from "./fingerprints.ts";
import { listFormat, type ReportFormat } from "./reportFormat.ts";
import { pathWithin } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";

/** GitLab has five; nothing here says that a service is attacked, so `blocker` and `critical` are left to other tools. */
const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "major",
  warning: "minor",
  info: "info",
  hint: "info",
};

/**
 * The findings as the report of code quality that GitLab reads from a job, one JSON array. It has no place for files without
 * rules. A job runs in the folder of the repository, to which paths have to be relative.
 */
export const gitlabFormat = (folder: string): ReportFormat<string> =>
  listFormat(
    (it: FileReport) => (isChecked(it) ? entries(it, folder) : []),
    "[",
    () => "]\n",
  );

function entries(report: CheckedFile, folder: string): object[] {
  const file = pathWithin(folder, report.path);
  const prints = fingerprints(report, folder);
  return report.findings.map((finding, i) => ({
    description: messageAlone(finding),
    check_name: finding.code,
    fingerprint: prints[i],
    severity: SEVERITIES[finding.severity],
    location: { path: file, lines: { begin: report.lines.positionAt(finding.start).line + 1 } },
  }));
}
