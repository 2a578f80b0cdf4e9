import type { Finding, Severity } from "../findings/finding.ts";
import { onOneLine } from "../text/printable.ts";
import { type FileReport, isChecked, notChecked } from "./fileReport.ts";
import { painter } from "./terminal.ts";

const COLOURS: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36", hint: "2" };

/** What a file lacks stands together, from as many findings of one place on. */
const GROUPED = 2;

/**
 * The report for a person: a line for each finding, and how many there are. The settings that a unit lacks stand together
 * after one line that names the place.
 */
export function textReport(reports: readonly FileReport[], colours: boolean): string {
  const paint = painter(colours);
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  const saying = ({ severity, message, code }: Finding): string =>
    `${paint(severity, COLOURS[severity])}: ${onOneLine(message)} ${paint(`[${code}]`, "2")}\n`;
  let out = "";
  const checked = reports.filter(isChecked);
  for (const { path, lines, findings } of checked) {
    const at = (offset: number): string => {
      const { line, character } = lines.positionAt(offset);
      return `${onOneLine(path)}:${line + 1}:${character + 1}: `;
    };
    const missing = findings.filter((it) => it.advice === "missing");
    const place = placeOfMany(missing);
    const group = missing.filter((it) => it.start === place);
    for (const finding of findings) {
      counts[finding.severity]++;
      if (!group.includes(finding)) out += at(finding.start) + saying(finding);
      else if (finding === group[0]) {
        const what = `${group.length} protections are missing; unit-warden harden adds those that are safe`;
        out += `${at(finding.start)}${paint(finding.severity, COLOURS[finding.severity])}: ${what}\n`;
        out += group.map((it) => `    ${saying(it)}`).join("");
      }
    }
  }
  const found = (Object.keys(counts) as Severity[]).filter((it) => counts[it] > 0).map((it) => plural(counts[it], it));
  const others = reports.filter((it) => !isChecked(it));
  if (checked.length > 0 || others.length === 0)
    out += `${plural(checked.length, "file")}: ${found.join(", ") || "nothing to report"}\n`;
  return others.length === 0 ? out : `${out}${plural(others.length, "file")} ${notChecked(others)}\n`;
}

/** Where several settings are missing, which is the header of the section. */
function placeOfMany(missing: readonly Finding[]): number | undefined {
  return missing.find((it) => missing.filter((other) => other.start === it.start).length >= GROUPED)?.start;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === "info" ? "" : "s"}`;
}
