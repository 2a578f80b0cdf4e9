import type { Log, Notification, Region, Replacement, ReportingDescriptor, Result, Run } from "sarif";
import { version } from "../../../package.json";
import type { SystemdVersion } from "../facts/version.ts";
import { hrefOf } from "../features/diagnostics.ts";
import type { Finding, Fix, Severity } from "../findings/finding.ts";
import { adviceRules } from "../hardening/suggestions/advice.ts";
import { RULES } from "../rules/allRules.ts";
import { silencingOf } from "../rules/ruleFacts.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { isUtf8Clean } from "../text/utf8.ts";
import { type CheckedFile, type FileReport, isChecked, notChecked } from "./fileReport.ts";
import { pathUri } from "./reportPath.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** The report as SARIF 2.1.0, with the rules that found something and the fixes that `--fix` would apply. */
export function sarifReport(files: readonly FileReport[], systemd: SystemdVersion): string {
  const reports = files.filter(isChecked);
  const notifications = files.filter((it) => !isChecked(it)).map(notification);
  const found = new Set(reports.flatMap(({ findings }) => findings.map((it) => it.code)));
  const rules = [...RULES, ...adviceRules].filter((it) => found.has(it.code));
  const indexes = new Map(rules.map((it, i) => [it.code, i]));
  const run: Run = {
    tool: { driver: { name: "Unit Warden", version, rules: rules.map((it) => descriptor(it, systemd)) } },
    defaultEncoding: "UTF-8",
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    ...(notifications.length > 0
      ? { invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }] }
      : {}),
    results: reports.flatMap((report) => report.findings.map((it) => result(it, report, indexes.get(it.code)))),
  };
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log)}\n`;
}

/** That a file was not checked; it is no result, as no rule was applied. */
function notification(report: FileReport): Notification {
  const text = message(notChecked([report]).replace(/^./, (it) => it.toUpperCase()));
  return {
    level: "note",
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathUri(report.path) } } }],
  };
}

type Described = (typeof RULES)[number] | (typeof adviceRules)[number];

function descriptor(rule: Described, systemd: SystemdVersion): ReportingDescriptor {
  const { code, title, why, page } = rule;
  const helpUri = hrefOf("directive" in rule ? { code, directive: rule.directive } : { code }, systemd);
  return {
    id: code,
    shortDescription: { text: message(title) },
    fullDescription: { text: message(why.replaceAll("`", "")) },
    help: { text: message(`See ${page} and unit-warden explain ${code}; ${silencingOf(code).comment} silences it`) },
    ...(helpUri === undefined ? {} : { helpUri }),
  };
}

function result(finding: Finding, report: CheckedFile, ruleIndex: number | undefined): Result {
  const artifactLocation = { uri: pathUri(report.path) };
  const fixes = isUtf8Clean(report.text) ? finding.fixes.filter((it) => isSafe(finding, it)) : [];
  const changes = fixes
    .map(({ title, edits }) => ({ title, replacements: edits().map((it) => replacement(it, report)) }))
    .filter(({ replacements }) => replacements.length > 0)
    .map(({ title, replacements }) => ({
      description: { text: message(title) },
      artifactChanges: [{ artifactLocation, replacements }],
    }));
  return {
    ruleId: finding.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: message(finding.message) },
    locations: [{ physicalLocation: { artifactLocation, region: region(finding, report) } }],
    ...(changes.length === 0 ? {} : { fixes: changes }),
  };
}

/** As `--fix` chooses: no setting is added, and no file gets another name. */
function isSafe({ code }: Finding, { safe, rename }: Fix): boolean {
  return safe && rename === undefined && !code.startsWith("hardening/");
}

function replacement(edit: TextEdit, report: FileReport): Replacement {
  const deletedRegion = region(edit, report);
  return edit.newText === "" ? { deletedRegion } : { deletedRegion, insertedContent: { text: edit.newText } };
}

/** Lines and columns from 1, the end excluded; a byte order mark is no part of the text there. */
function region({ start, end }: Span, { text, lines }: FileReport): Region {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: Math.max(0, character - (line === 0 ? mark : 0)) + 1 };
  };
  const [from, to] = [place(start), place(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** A sentence as a SARIF message, where braces are doubled (3.11.5) and brackets with a parenthesis behind them make a link (3.11.6). */
function message(text: string): string {
  const plain = text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[{}]/g, "$&$&")
    .replaceAll("](", "\\](");
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
