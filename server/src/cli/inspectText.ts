import { type NeedRead, programNeeds } from "../needs/programNeeds.ts";
import { signText } from "../needs/readDecision.ts";
import type { ReadNeed } from "../needs/readNeed.ts";
import type { Need } from "../needs/vocabulary.ts";
import type { FileReading, ProgramForm, ProgramReading } from "../program/reading.ts";
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

/** Forms of files for people, where they have another name. */
const FORMS: Readonly<Partial<Record<ProgramForm, string>>> = {
  native: "machine code",
  go: "Go",
  java: "Java",
  dotnet: ".NET",
  node: "JavaScript",
  php: "PHP",
  unknown: "not known",
};

/** Reports for a person: the files that were read, what the programs may do with the place that shows it, what they cannot, and what was not read. */
export function inspectText(
  reports: readonly InspectReport[],
  { colours, width }: { readonly colours: boolean; readonly width: number | undefined },
): string {
  const paint = painter(colours);
  return reports.map((it) => reportText(it, paint, width)).join("\n");
}

function reportText({ path, reading, isPrivileged }: InspectReport, paint: Paint, width: number | undefined): string {
  const needs = programNeeds(reading, isPrivileged);
  const own = reading.files.filter((it) => it.own && (it.form !== "configuration" || it.signs.length > 0));
  const others = reading.files.filter((it) => !it.own).length;
  const part = (head: string, texts: readonly string[]): readonly string[] =>
    texts.length === 0
      ? []
      : [`  ${paint(head, QUIET)}`, ...texts.map((it) => hanging(`    ${onOneLine(it)}`, width, 6))];
  const list = (head: string, says: (read: ReadNeed) => boolean, text: (need: Need) => string): readonly string[] => {
    const found = needs.filter((it) => says(it.read)).map((it) => text(it.need));
    return part(head, found.length === 0 ? [] : [found.join(", ")]);
  };
  const lines = [
    paint(onOneLine(path), BOLD),
    ...own.slice(0, MOST_FILES).map((it) => hanging(`  ${fileText(it)}`, width, 4)),
    ...(own.length > MOST_FILES ? [paint(`  and ${own.length - MOST_FILES} more files of its own`, QUIET)] : []),
    ...(others > 0 ? [paint(`  and ${others} ${others === 1 ? "library" : "libraries"} of others`, QUIET)] : []),
    ...part("may", needs.flatMap(mayText)),
    ...[...openWhy(needs)].flatMap(([why, open]) => part(`not known, as ${why}`, [open.join(", ")])),
    ...list(
      "not seen in its scripts",
      (it) => it.says === "silent",
      (it) => it.needs,
    ),
    ...list(
      "proven, as neither it nor its libraries can do it",
      (it) => it.says === "no" && it.proof,
      (it) => it.no,
    ),
    ...list(
      "read, as its own code does not do it",
      (it) => it.says === "no" && !it.proof,
      (it) => it.no,
    ),
    ...reading.unread.map((it) => hanging(`  not read: ${onOneLine(it.path)} ${it.why}`, width, 4)),
  ];
  return `${lines.join("\n")}\n`;
}

const mayText = ({ need, read }: NeedRead): readonly string[] =>
  read.says === "may" ? [`${need.needs}: ${signText(read.sign, read.path)}`] : [];

/** What is open, by why. */
function openWhy(needs: readonly NeedRead[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { need, read } of needs)
    if (read.says === "open") found.set(read.why, [...(found.get(read.why) ?? []), need.needs]);
  return found;
}

/** More files of one program are counted, not listed. */
const MOST_FILES = 8;

const fileText = ({ path, form, signs, hides }: FileReading): string => {
  const open = hides.length > 0 ? `; it ${hides.join(", ")}` : "";
  const found = signs.length === 1 ? "1 sign" : `${signs.length} signs`;
  return `${onOneLine(path)}: ${FORMS[form] ?? form}, ${found}${open}`;
};
