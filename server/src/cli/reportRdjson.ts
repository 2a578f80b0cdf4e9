import type { SystemdVersion } from "../facts/version.ts";
import { hrefOf } from "../features/findingHref.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import type { Span } from "../text/span.ts";
import { isUtf8Clean } from "../text/utf8.ts";
import { type CheckedFile, type CheckResult, isChecked } from "./fileReport.ts";
import { reportedFixes } from "./reportedFixes.ts";
import { listFormat, type ReportFormat } from "./reportFormat.ts";
import { pathWithin } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";
import { toolAddress } from "./toolAddress.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "ERROR",
  warning: "WARNING",
  info: "INFO",
  hint: "INFO",
};

/**
 * The findings as reviewdog's rdjson, with the safe fixes that are one edit: it shows each edit as a suggestion of its own.
 * Paths below the folder are relative to it.
 */
export const rdjsonFormat = (folder: string, systemd: SystemdVersion): ReportFormat<string> => ({
  ...listFormat(
    (it: CheckResult) => (isChecked(it) ? it.findings.map((finding) => diagnostic(finding, it, folder, systemd)) : []),
    `{"source":${JSON.stringify({ name: "unit-warden", url: toolAddress(systemd) })},"diagnostics":[`,
    () => "]}\n",
  ),
  tells: "edits",
});

function diagnostic(finding: Finding, report: CheckedFile, folder: string, systemd: SystemdVersion): object {
  const url = hrefOf(finding, systemd);
  const edits = isUtf8Clean(report.text) ? reportedFixes(finding) : [];
  const suggestions = edits.flatMap(({ edits: [edit, ...more] }) =>
    edit && more.length === 0 ? [{ range: range(edit, report), text: edit.newText }] : [],
  );
  return {
    message: messageAlone(finding),
    location: { path: pathWithin(folder, report.path), range: range(finding, report) },
    severity: SEVERITIES[finding.severity],
    code: { value: finding.code, ...(url !== undefined && { url }) },
    ...(suggestions.length > 0 && { suggestions }),
  };
}

/** Lines from 1, columns in bytes of UTF-8 from 1, the end excluded. */
function range({ start, end }: Span, { text, lines }: CheckedFile): object {
  const place = (offset: number): object => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: Buffer.byteLength(text.slice(offset - character, offset)) + 1 };
  };
  return { start: place(start), end: place(end) };
}
