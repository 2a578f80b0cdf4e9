import type { Finding, Severity } from "../findings/finding.ts";
import { type CheckedFile, type FileReport, isChecked } from "./fileReport.ts";
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

function entries({ path, text, lines, findings }: CheckedFile, folder: string): object[] {
  // Asked for here, as it is much of Node.js and other reports do without.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const file = pathWithin(folder, path);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { code, severity, start } = finding;
    const same = sameness(finding, text);
    const times = (seen.get(same) ?? 0) + 1;
    seen.set(same, times);
    return {
      description: messageAlone(finding),
      check_name: code,
      fingerprint: createHash("sha256")
        .update(JSON.stringify([file, same, times]))
        .digest("hex"),
      severity: SEVERITIES[severity],
      location: { path: file, lines: { begin: lines.positionAt(start).line + 1 } },
    };
  });
}

/** What stays the same when lines come or go above a finding, so that GitLab does not take it for a new one. */
function sameness({ code, directive, start, end }: Finding, text: string): string {
  return JSON.stringify([code, directive, text.slice(start, end)]);
}
