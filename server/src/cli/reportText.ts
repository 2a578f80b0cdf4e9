import { isAdvice } from "../findings/advice.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { type MissingCounts, missingCounts, missingText } from "../hardening/missingText.ts";
import { appliedFix } from "../rules/fixAll.ts";
import { onOneLine } from "../text/printable.ts";
import { loadedText } from "../units/loadedFiles.ts";
import { allNotChecked, type CheckedFile, type FileReport, isChecked } from "./fileReport.ts";
import { COLOURS, type FindingLayout, findingText, placedText } from "./findingText.ts";
import { fleetText } from "./fleetText.ts";
import { type MissingTogether, missingTogether } from "./missingTogether.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { type CodeCounts, statisticsText } from "./statistics.ts";
import { painter } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

/** How much a report for a person says, and how wide it is. */
export interface TextOptions {
  readonly colours: boolean;
  readonly width: number | undefined;
  /** Whether each missing setting has a line of its own. */
  readonly each: boolean;
  /** Whether nothing but findings is printed. */
  readonly quiet: boolean;
  /** Whether codes are counted in place of naming each finding. */
  readonly statistics: boolean;
}

/** What a file adds to the report. */
interface FileText {
  readonly text: string;
  /** What stands before it, unless that was said of another file of the unit. */
  readonly merged?: MergedText | undefined;
  readonly counts: Counts;
  readonly missing: Required<MissingCounts>;
  readonly codes?: CodeCounts;
  /** Missing where the file was checked. */
  readonly other?: Pick<FileReport, "kind">;
}

/** What a unit is judged with, and the unit of which it is said. */
interface MergedText {
  readonly text: string;
  readonly unit: string | undefined;
}

/** How many findings there are of each severity, without advice, and what becomes of some. */
type Counts = Record<Severity | "fixable" | "guessed" | "fixed" | "hidden", number>;

const noCounts = (): Counts => ({
  error: 0,
  warning: 0,
  info: 0,
  hint: 0,
  fixable: 0,
  guessed: 0,
  fixed: 0,
  hidden: 0,
});

const noneMissing = (): { safe: number; likely: number; open: number } => ({ safe: 0, likely: 0, open: 0 });

/**
 * The report for a person: of each file the worst first, a line for each finding and one for all settings that it lacks; at
 * the end how many there are and what can be fixed.
 */
export function textFormat(options: TextOptions): ReportFormat<FileText> {
  const layout = { paint: painter(options.colours), width: options.width };
  return {
    as: "report",
    summarizes: true,
    tells: "titles",
    entry: (it) =>
      isChecked(it)
        ? textOf(it, options, layout)
        : { text: "", counts: noCounts(), missing: noneMissing(), other: { kind: it.kind } },
    printer: () => {
      const total = noCounts();
      const missing = noneMissing();
      const others: Pick<FileReport, "kind">[] = [];
      const codes: CodeCounts[] = [];
      const merged = new Set<string>();
      let checked = 0;
      return {
        add(it) {
          if (it.other) others.push(it.other);
          else checked++;
          if (it.codes) codes.push(it.codes);
          for (const [key, count] of Object.entries(it.counts)) total[key as keyof Counts] += count;
          for (const key of ["safe", "likely", "open"] as const) missing[key] += it.missing[key];
          const { text = "", unit } = it.merged ?? {};
          const isTold = unit !== undefined && merged.has(unit);
          if (unit !== undefined) merged.add(unit);
          return isTold ? it.text : text + it.text;
        },
        end(summary) {
          const counted = options.statistics ? statisticsText(codes, layout.paint) : "";
          if (options.quiet) return counted;
          const fleet = summary ? `\n${fleetText(summary, layout)}` : "";
          const lines =
            checked > 0
              ? totals(checked, total, missing, options.each || options.statistics)
              : others.length > 0
                ? []
                : ["no file was checked"];
          const all = [...lines, ...allNotChecked(others)].map((it) => `${hanging(it, options.width, 4)}\n`);
          return counted + all.join("") + fleet;
        },
      };
    },
  };
}

/** What all files have together. */
function totals(checked: number, total: Counts, missing: Required<MissingCounts>, isEach: boolean): string[] {
  const lacks = missingText(missing);
  const found = SEVERITIES.filter((it) => total[it] > 0).map((it) => plural(total[it], it));
  const sentences = [
    total.fixed > 0 ? `${total.fixed} fixed` : "",
    found.join(", "),
    lacks && !isEach ? `${lacks} (--each names them)` : lacks,
    total.hidden > 0 ? `${total.hidden} below --severity not shown` : "",
  ].filter(Boolean);
  const all = SEVERITIES.reduce((sum, it) => sum + total[it], 0);
  return [`${plural(checked, "file")}: ${sentences.join("; ") || "nothing to report"}`, ...fixable(total, all)];
}

/** What is only a guess is said at each finding, and here where there is something better. */
function fixable({ fixable: safe, guessed }: Counts, all: number): string[] {
  const more = guessed === 0 ? "" : `, ${guessed} more with --unsafe-fixes`;
  return safe === 0 ? [] : [`${safe} of ${all} can be fixed with --fix${more}`];
}

function textOf(file: CheckedFile, options: TextOptions, layout: FindingLayout): FileText {
  const { findings, fixed = [], hidden = 0 } = file;
  const counts = { ...noCounts(), fixed: fixed.length, hidden };
  for (const it of findings) count(counts, it);
  const done = fixed.map(({ start, title, code }) =>
    placedText(
      { path: file.path, lines: file.linesBefore ?? file.lines },
      { start, word: "fixed", colour: "32", message: title, code },
      layout,
    ),
  );
  const base = { counts, missing: missingCounts(findings) };
  if (options.statistics) return { ...base, text: done.join(""), codes: codeCounts(findings) };
  const text = done.join("") + findingsText(file, options, layout);
  return { ...base, merged: mergedText(file, layout), text };
}

/** What a file was judged with, where anything is said of it or it was named. */
function mergedText(
  { path, loaded, findings, isNamed }: CheckedFile,
  { paint, width }: FindingLayout,
): MergedText | undefined {
  const isTold = loaded && (findings.length > 0 || isNamed || loaded.state !== "loaded");
  const merged = isTold ? loadedText(loaded, path) : undefined;
  if (merged === undefined) return undefined;
  const text = `${hanging(paint(`${onOneLine(path)}: ${merged}`, "2"), width, 4)}\n`;
  return { text, unit: loaded?.state === "loaded" ? loaded.files.join("\0") : undefined };
}

/** Advice is counted as settings, and not here as well. */
function count(counts: Counts, finding: Finding): void {
  if (isAdvice(finding)) return;
  counts[finding.severity]++;
  const fix = appliedFix(finding.fixes, "all");
  if (fix) counts[fix.safe ? "fixable" : "guessed"]++;
}

function codeCounts(findings: readonly Finding[]): CodeCounts {
  const counts: Record<string, { severity: Severity; count: number }> = {};
  for (const { code, severity } of findings) {
    const entry = counts[code] ?? { severity, count: 0 };
    counts[code] = entry;
    entry.count++;
  }
  return counts;
}

/** So many findings that say the same of a file are named one by one; of more, the others are counted. */
const MOST_ALIKE = 3;

function findingsText(file: CheckedFile, { each }: TextOptions, layout: FindingLayout): string {
  const group = missingTogether(file.findings, file.gain);
  const grouped = new Set(group?.findings);
  const single = file.findings.filter((it) => !grouped.has(it));
  const alike = alikeIn(single);
  let text = "";
  for (const severity of SEVERITIES) {
    for (const it of single) {
      if (it.severity !== severity) continue;
      const others = each ? undefined : alike.get(it);
      if (others === undefined) text += findingText(file, it, layout);
      else if (others.length > 0) text += othersText(file, others, layout);
    }
    if (group?.severity === severity) text += groupText(file, group, each, layout);
  }
  return text;
}

/** The findings that are not named as too many others say the same: the first of them with all of them, the rest with none. */
function alikeIn(findings: readonly Finding[]): ReadonlyMap<Finding, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const it of findings) {
    const key = `${it.severity} ${it.code} ${it.message}`;
    const group = groups.get(key);
    if (group) group.push(it);
    else groups.set(key, [it]);
  }
  const many = [...groups.values()].filter((it) => it.length > MOST_ALIKE + 1).map((it) => it.slice(MOST_ALIKE));
  return new Map(many.flatMap((alike) => alike.map((it, at) => [it, at === 0 ? alike : []] as const)));
}

function othersText({ lines }: CheckedFile, others: readonly Finding[], { paint, width }: FindingLayout): string {
  const numbers = [...new Set(others.map((it) => lines.positionAt(it.start).line + 1))];
  const [first, last] = [numbers[0], numbers.at(-1)];
  const where = numbers.length === 1 ? `in line ${first}` : `between lines ${first} and ${last}`;
  return `${hanging(`    ${others.length} more of these ${where}; --each names them ${paint(`[${others[0]?.code}]`, "2")}`, width, 4)}\n`;
}

function groupText(file: CheckedFile, group: MissingTogether, each: boolean, layout: FindingLayout): string {
  const { severity, message, findings } = group;
  const start = findings[0]?.start ?? 0;
  const all = placedText(
    file,
    { start, word: severity, colour: COLOURS[severity], message, code: "hardening" },
    layout,
  );
  if (!each) return all;
  const { paint, width } = layout;
  const lines = findings.map((it) => {
    const code = paint(`[${it.code}]`, "2");
    return `${hanging(`    ${paint(it.severity, COLOURS[it.severity])}: ${onOneLine(group.messageOf(it))} ${code}`, width, 6)}\n`;
  });
  return all + lines.join("");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === "info" ? "" : "s"}`;
}
