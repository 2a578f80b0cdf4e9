import type { Severity } from "../findings/finding.ts";
import { largest } from "../text/extremes.ts";
import { COLOURS } from "./findingText.ts";
import type { Paint } from "./terminal.ts";

/** How often each code was found, and how severe it is where it was found first. */
export type CodeCounts = Readonly<Record<string, { readonly severity: Severity; readonly count: number }>>;

const WORST_FIRST: readonly Severity[] = ["error", "warning", "info", "hint"];

/** A line for each code that some files have, the worst first and of those the commonest. */
export function statisticsText(all: readonly CodeCounts[], paint: Paint): string {
  const counts = new Map<string, { severity: Severity; count: number }>();
  for (const [code, { severity, count }] of all.flatMap((it) => Object.entries(it))) {
    const known = counts.get(code) ?? { severity, count: 0 };
    known.count += count;
    if (WORST_FIRST.indexOf(severity) < WORST_FIRST.indexOf(known.severity)) known.severity = severity;
    counts.set(code, known);
  }
  const rows = [...counts].sort(
    ([a, one], [b, other]) =>
      WORST_FIRST.indexOf(one.severity) - WORST_FIRST.indexOf(other.severity) ||
      other.count - one.count ||
      (a < b ? -1 : 1),
  );
  const width = largest(
    rows.map(([, it]) => String(it.count).length),
    0,
  );
  return rows
    .map(([code, { severity, count }]) => {
      const word = `${paint(severity, COLOURS[severity])}${" ".repeat("warning".length - severity.length)}`;
      return `${String(count).padStart(width)}  ${word}  ${code}\n`;
    })
    .join("");
}
