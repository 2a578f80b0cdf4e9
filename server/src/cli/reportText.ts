import { isAdvice } from "../findings/advice.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { type MissingCounts, missingCounts, missingText } from "../hardening/missingText.ts";
import { onOneLine } from "../text/printable.ts";
import { allNotChecked, type CheckedFile, type FileReport, isChecked } from "./fileReport.ts";
import { fleetText } from "./fleetText.ts";
import { missingTogether } from "./missingTogether.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { type Paint, painter } from "./terminal.ts";

const COLOURS: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36", hint: "2" };

const COUNTED = ["error", "warning", "info", "hint", "advice"] as const;

/** What a file adds to the report. */
interface FileText {
  readonly text: string;
  readonly counts: Counts;
  readonly missing: Required<MissingCounts>;
  /** Missing where the file was checked. */
  readonly other?: Pick<FileReport, "kind">;
}

/** How many findings there are of each severity, apart from advice. */
type Counts = Record<Severity | "advice", number>;

const noCounts = (): Counts => ({ error: 0, warning: 0, info: 0, hint: 0, advice: 0 });

const noneMissing = (): { safe: number; likely: number; open: number } => ({ safe: 0, likely: 0, open: 0 });

/**
 * The report for a person: a line for each finding, and how many there are. The settings that a unit lacks stand together
 * after one line that names the place.
 */
export function textFormat(colours: boolean): ReportFormat<FileText> {
  const paint = painter(colours);
  return {
    as: "report",
    summarizes: true,
    entry: (it) =>
      isChecked(it)
        ? textOf(it, paint)
        : { text: "", counts: noCounts(), missing: noneMissing(), other: { kind: it.kind } },
    printer: () => {
      const total = noCounts();
      const missing = noneMissing();
      const others: Pick<FileReport, "kind">[] = [];
      let checked = 0;
      return {
        add({ text, counts, missing: its, other }) {
          if (other) others.push(other);
          else checked++;
          for (const it of COUNTED) total[it] += counts[it];
          for (const it of ["safe", "likely", "open"] as const) missing[it] += its[it];
          return text;
        },
        end(summary) {
          const found = COUNTED.filter((it) => total[it] > 0).map((it) => countText(total[it], it));
          const fleet = summary ? `\n${fleetText(summary, paint)}` : "";
          const totals = [found.join(", ") || "nothing to report", missingText(missing)].filter(Boolean).join("; ");
          const all = `${plural(checked, "file")}: ${totals}\n`;
          const last = checked > 0 ? all : "no file was checked\n";
          if (others.length === 0) return last + fleet;
          const left = allNotChecked(others).map((it) => `${it}\n`);
          return `${checked > 0 ? last : ""}${left.join("")}${fleet}`;
        },
      };
    },
  };
}

function textOf({ path, lines, findings }: CheckedFile, paint: Paint): FileText {
  const counts = noCounts();
  const saying = ({ severity, message, code }: Finding): string =>
    `${paint(severity, COLOURS[severity])}: ${onOneLine(message)} ${paint(`[${code}]`, "2")}\n`;
  let text = "";
  const at = (offset: number): string => {
    const { line, character } = lines.positionAt(offset);
    return `${onOneLine(path)}:${line + 1}:${character + 1}: `;
  };
  const group = missingTogether(findings);
  for (const finding of findings) {
    counts[isAdvice(finding) ? "advice" : finding.severity]++;
    if (!group?.findings.includes(finding)) text += at(finding.start) + saying(finding);
    else if (finding === group.findings[0]) {
      text += `${at(finding.start)}${paint(group.severity, COLOURS[group.severity])}: ${group.message}\n`;
      text += group.findings.map((it) => `    ${saying(it)}`).join("");
    }
  }
  return { text, counts, missing: missingCounts(findings) };
}

const countText = (count: number, of: keyof Counts): string =>
  of === "advice" ? `advice on ${plural(count, "setting")}` : plural(count, of);

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === "info" ? "" : "s"}`;
}
