import { type FileReport, notChecked } from "./fileReport.ts";
import { loadedJson } from "./loadedUnit.ts";
import { listFormat } from "./reportFormat.ts";

/** The report as one line of JSON; its shape only grows, and `version` says which it is. */
export const jsonFormat = {
  ...listFormat(
    (it: FileReport) => [fileOf(it)],
    '{"version":1,"files":[',
    (summary) => `]${summary ? `,"summary":${JSON.stringify(summary)}` : ""}}\n`,
  ),
  summarizes: true,
  tells: "edits" as const,
};

function fileOf({ path, kind, lines, findings, loaded }: FileReport): object {
  return {
    path,
    kind,
    checked: findings !== undefined,
    ...loadedJson(loaded),
    ...(findings === undefined && { reason: notChecked({ kind }) }),
    findings: (findings ?? []).map(
      ({ code, severity, message, start, end, directive, confidence, withheld, fixes }) => ({
        code,
        severity,
        message,
        start: lines.positionAt(start),
        end: lines.positionAt(end),
        ...(directive === undefined ? {} : { directive }),
        ...(confidence ?? (withheld === undefined ? {} : { reason: withheld })),
        fixes: fixes.map(({ title, safe }) => ({ title, safe })),
      }),
    ),
  };
}
