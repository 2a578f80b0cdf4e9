import { programFacts } from "../needs/programFacts.ts";
import type { ProgramReading } from "../program/reading.ts";
import { onOneLine } from "../text/printable.ts";
import { type Paint, painter } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

/** What was read of the programs of one unit, or of one program. */
export interface InspectReport {
  /** The path of the unit or program. */
  readonly path: string;
  readonly reading: ProgramReading;
  /** Whether they start with rights of root. */
  readonly isPrivileged: boolean;
}

const BOLD = "1";
const QUIET = "2";

/** Reports for a person: the files that were read, what the programs may do with the place that shows it, what they cannot, and what was not read. */
export function inspectText(
  reports: readonly InspectReport[],
  { colours, width }: { readonly colours: boolean; readonly width: number | undefined },
): string {
  const paint = painter(colours);
  return reports.map((it) => reportText(it, paint, width)).join("\n");
}

function reportText({ path, reading, isPrivileged }: InspectReport, paint: Paint, width: number | undefined): string {
  const { files, others, parts, unread } = programFacts(reading, isPrivileged);
  const lines = [
    paint(onOneLine(path), BOLD),
    ...files.map((it) => hanging(`  ${onOneLine(it)}`, width, 4)),
    ...others.map((it) => paint(`  ${it}`, QUIET)),
    ...parts.flatMap((it) => [
      `  ${paint(onOneLine(it.head), QUIET)}`,
      ...it.lines.map((line) => hanging(`    ${onOneLine(line)}`, width, 6)),
    ]),
    ...unread.map((it) => hanging(`  not read: ${onOneLine(it)}`, width, 4)),
  ];
  return `${lines.join("\n")}\n`;
}
