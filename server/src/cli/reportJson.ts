import type { FileReport } from "./fileReport.ts";

/** The report as one line of JSON; its shape only grows, and `version` says which it is. */
export function jsonReport(reports: readonly FileReport[]): string {
  const files = reports.map(({ path, kind, lines, findings }) => ({
    path,
    kind,
    checked: findings !== undefined,
    findings: (findings ?? []).map(({ code, severity, message, start, end, directive, fixes }) => ({
      code,
      severity,
      message,
      start: lines.positionAt(start),
      end: lines.positionAt(end),
      ...(directive === undefined ? {} : { directive }),
      fixes: fixes.map(({ title, safe }) => ({ title, safe })),
    })),
  }));
  return `${JSON.stringify({ version: 1, files })}\n`;
}
