import type { Finding, Severity } from "../findings/finding.ts";
import { type FileReport, isChecked, notChecked } from "./fileReport.ts";
import { missingTogether } from "./missingTogether.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { portablePath } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

/**
 * The findings as workflow commands, which GitHub Actions shows next to the lines of a change. It shows ten of each kind for a
 * step, so that the settings that a unit lacks are one.
 */
export const githubFormat: ReportFormat<string> = {
  as: "commands",
  entry: commandsOf,
  printer: () => ({ add: (it) => it, end: () => "" }),
};

function commandsOf(report: FileReport): string {
  const { path, lines, findings = [] } = report;
  const file = property(portablePath(path));
  let out = isChecked(report) ? "" : `::notice file=${file},title=Unit Warden::${data(notChecked(report))}\n`;
  const group = missingTogether(findings);
  for (const finding of findings) {
    if (group?.findings.includes(finding) && finding !== group.findings[0]) continue;
    const { start, end } = finding;
    const { code, severity, message } =
      finding === group?.findings[0] ? asOne(group) : { ...finding, message: messageAlone(finding) };
    const place = positionProperties(lines.positionAt(start), lines.positionAt(end));
    const title = property(`Unit Warden (${code})`);
    out += `::${COMMANDS[severity]} file=${file},${place},title=${title}::${data(message)}\n`;
  }
  return out;
}

/** What is said of all settings that a unit lacks: how many, then each. */
function asOne({ findings, severity, message }: NonNullable<ReturnType<typeof missingTogether>>): AnnotationText {
  return { code: "hardening", severity, message: [message, ...findings.map((it) => it.message)].join("\n") };
}

type AnnotationText = Pick<Finding, "code" | "severity" | "message">;

type Position = ReturnType<FileReport["lines"]["positionAt"]>;

/** Lines and columns from 1; columns only within one line, as GitHub refuses them elsewhere. */
function positionProperties(start: Position, end: Position): string {
  const line = start.line + 1;
  if (start.line === end.line)
    return `line=${line},endLine=${line},col=${start.character + 1},endColumn=${end.character + 1}`;
  return `line=${line},endLine=${end.character === 0 ? end.line : end.line + 1}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
