import type { Severity } from "../lint/finding.ts";
import type { FileReport } from "./fileReport.ts";

const COLOURS: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36", hint: "2" };

/** The report for a person: a line for each finding, and how many there are. */
export function textReport(reports: readonly FileReport[], colours: boolean): string {
  const paint = (text: string, colour: string): string => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  let out = "";
  for (const { path, lines, findings } of reports) {
    for (const { code, severity, message, start } of findings) {
      const { line, character } = lines.positionAt(start);
      counts[severity]++;
      out += `${path}:${line + 1}:${character + 1}: ${paint(severity, COLOURS[severity])}: ${message} ${paint(`[${code}]`, "2")}\n`;
    }
  }
  const found = (Object.keys(counts) as Severity[]).filter((it) => counts[it] > 0).map((it) => plural(counts[it], it));
  return `${out}${plural(reports.length, "file")}: ${found.join(", ") || "nothing to report"}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 || word === "info" ? "" : "s"}`;
}
