import type { Notification, Region, Replacement, ReportingDescriptor, Result, Run, Suppression } from "sarif";
import { version } from "../../../package.json";
import { CONFIGURATION_RULES } from "../configuration/configurationRules.ts";
import { ADVICE_RULES } from "../dialects/dialects.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { hrefOf } from "../features/findingHref.ts";
import type { Finding, FindingSuppression, Severity } from "../findings/finding.ts";
import { ruleText } from "../findings/ruleTexts.ts";
import { RULES } from "../rules/allRules.ts";
import { textOfCode } from "../rules/codes.ts";
import { silencingOf } from "../rules/ruleFacts.ts";
import { append } from "../text/append.ts";
import { plainSentence } from "../text/ownMarkdown.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { isUtf8Clean } from "../text/utf8.ts";
import { type CheckedFile, type FileReport, isChecked, notChecked } from "./fileReport.ts";
import { fingerprints } from "./fingerprints.ts";
import { reportedFixes } from "./reportedFixes.ts";
import { listFormat, type ReportFormat } from "./reportFormat.ts";
import { pathUri } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";
import { toolAddress } from "./toolAddress.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** The name of how a fingerprint is made. */
const FINGERPRINT = "finding/v1";

/** What the report needs of one file. */
interface FileResults {
  readonly results: readonly Result[];
  readonly notifications: readonly Notification[];
}

/**
 * The report as SARIF 2.1.0, with the rules that found something and the fixes that `--fix` would apply. The rules stand after
 * the results, in the order in which these name them.
 */
export function sarifFormat(systemd: SystemdVersion, folder: string): ReportFormat<FileResults> {
  return {
    as: "json",
    tells: "edits",
    tellsSuppressed: true,
    entry: (report) =>
      isChecked(report)
        ? { results: resultsOf(report, folder), notifications: [] }
        : { results: [], notifications: [notification(report)] },
    printer: () => {
      const indexes = new Map<string, number>();
      const notifications: Notification[] = [];
      const numbered = (it: Result): Result => {
        const code = it.ruleId ?? "";
        const ruleIndex = indexes.get(code) ?? indexes.size;
        indexes.set(code, ruleIndex);
        return { ruleId: code, ruleIndex, ...it };
      };
      const { entry, printer } = listFormat<readonly Result[]>(
        (results) => results.map(numbered),
        `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"results":[`,
        () => `],${JSON.stringify(restOfRun([...indexes.keys()], notifications, systemd)).slice(1)}]}\n`,
      );
      const { add, end } = printer();
      return {
        add(file) {
          append(notifications, file.notifications);
          return add(entry(file.results));
        },
        end,
      };
    },
  };
}

/** A run but for its results. */
function restOfRun(
  codes: readonly string[],
  notifications: Notification[],
  systemd: SystemdVersion,
): Omit<Run, "results"> {
  const known = new Map<string, Described>([...RULES, ...ADVICE_RULES].map((it) => [it.code, it]));
  const rules = codes.map((it) => {
    const rule = known.get(it);
    return rule ? descriptor(rule, systemd) : configurationDescriptor(it);
  });
  return {
    tool: { driver: { name: "Unit Warden", version, informationUri: toolAddress(systemd), rules } },
    defaultEncoding: "UTF-8",
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    ...(notifications.length > 0
      ? { invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }] }
      : {}),
  };
}

/** That a file was not checked; it is no result, as no rule was applied. */
function notification(report: FileReport): Notification {
  const text = message(notChecked(report).replace(/^./, (it) => it.toUpperCase()));
  return {
    level: "note",
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathUri(report.path) } } }],
  };
}

type Described = (typeof RULES)[number] | (typeof ADVICE_RULES)[number];

function descriptor(rule: Described, systemd: SystemdVersion): ReportingDescriptor {
  const { code } = rule;
  const { title, why, page } = "directive" in rule ? rule : ruleText(rule.code);
  const helpUri = hrefOf("directive" in rule ? { code, directive: rule.directive } : { code }, systemd);
  return {
    id: code,
    shortDescription: { text: message(plainSentence(title)) },
    fullDescription: { text: message(plainSentence(why)) },
    help: { text: message(`See ${page} and unit-warden explain ${code}; ${silencingOf(code).comment} silences it`) },
    ...(helpUri === undefined ? {} : { helpUri }),
  };
}

/** A code of what is found in a configuration itself, or of what was not read. */
function configurationDescriptor(code: string): ReportingDescriptor {
  const rule = CONFIGURATION_RULES.find((it) => it.code === code) ?? textOfCode(code);
  const texts = rule && {
    shortDescription: { text: message(plainSentence(rule.title)) },
    fullDescription: { text: message(plainSentence(rule.why)) },
    help: { text: message(`See unit-warden explain ${code}; --ignore ${code} leaves it out`) },
  };
  return { id: code, ...texts };
}

function resultsOf(report: CheckedFile, folder: string): readonly Result[] {
  const all = [...report.findings, ...(report.suppressed ?? [])].sort((a, b) => a.start - b.start || a.end - b.end);
  const prints = fingerprints({ ...report, findings: all }, folder);
  return all.map((it, i) => result(it, report, prints[i] ?? ""));
}

function result(finding: Finding, report: CheckedFile, fingerprint: string): Result {
  const artifactLocation = { uri: pathUri(report.path) };
  const changes = (isUtf8Clean(report.text) ? reportedFixes(finding) : []).map(({ title, edits }) => ({
    description: { text: message(plainSentence(title)) },
    artifactChanges: [{ artifactLocation, replacements: edits.map((it) => replacement(it, report)) }],
  }));
  return {
    ruleId: finding.code,
    level: LEVELS[finding.severity],
    message: { text: message(messageAlone(finding)) },
    locations: [{ physicalLocation: { artifactLocation, region: region(finding, report) } }],
    ...(finding.suppressed ? { suppressions: [suppression(finding.suppressed)] } : {}),
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(changes.length === 0 ? {} : { fixes: changes }),
    ...(finding.confidence ? { properties: finding.confidence } : {}),
  };
}

function replacement(edit: TextEdit, report: FileReport): Replacement {
  const deletedRegion = region(edit, report);
  return edit.newText === "" ? { deletedRegion } : { deletedRegion, insertedContent: { text: edit.newText } };
}

/** A comment stands in the source, a baseline elsewhere. */
function suppression({ by, reason }: FindingSuppression): Suppression {
  return {
    kind: by === "comment" ? "inSource" : "external",
    ...(reason === undefined ? {} : { justification: reason.replace(/\p{Surrogate}/gu, "\ufffd") }),
  };
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
