import type { FileReading, OwnedPlace, ProgramForm, ProgramReading } from "../program/reading.ts";
import { configurationLines } from "./configurationLines.ts";
import { packagedLines } from "./packaged.ts";
import { type NeedRead, programNeeds } from "./programNeeds.ts";
import { readFilesText, signText } from "./readDecision.ts";
import type { ReadNeed } from "./readNeed.ts";
import { isSource } from "./sourceReading.ts";
import type { Need } from "./vocabulary.ts";

/** Some lines about programs below what they have in common, the beginning of a sentence. */
export interface FactPart {
  readonly head: string;
  readonly lines: readonly string[];
}

/** What was read of programs as plain lines, which each format sets in its own way. */
export interface ProgramFacts {
  /** Each of its own files with how it is written and how much it shows, up to a few. */
  readonly files: readonly string[];
  /** How many files besides. */
  readonly others: readonly string[];
  readonly parts: readonly FactPart[];
  readonly unread: readonly string[];
}

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

/** More files of one program are counted, not listed. */
const MOST_FILES = 8;

/** The files that were read, what the programs may do with the place that shows it, what they cannot, and what was not read. */
export function programFacts(reading: ProgramReading, isPrivileged: boolean): ProgramFacts {
  if (reading.isLate) return { files: [], others: [], parts: [], unread: lateTexts(reading) };
  const needs = programNeeds(reading, isPrivileged);
  const own = reading.files.filter((it) => it.own && (it.form !== "configuration" || it.signs.length > 0));
  const libraries = reading.files.filter((it) => !it.own).length;
  const list = (head: string, says: (read: ReadNeed) => boolean, text: (need: Need) => string): FactPart => {
    const found = needs.filter((it) => says(it.read)).map((it) => text(it.need));
    return { head, lines: found.length === 0 ? [] : [found.join(", ")] };
  };
  const parts = [
    { head: "told by its configuration", lines: configurationLines(reading.configuration ?? []) },
    { head: "told by its package", lines: packagedLines(reading.packaged ?? []) },
    { head: "owned on this machine", lines: ownedLines(reading.owned ?? []) },
    { head: "may", lines: needs.flatMap(mayText) },
    ...[...openWhy(needs)].map(([why, open]) => ({ head: `not known, as ${why}`, lines: [open.join(", ")] })),
    list(
      "not seen in its scripts",
      (it) => it.says === "silent" && !isSource(reading),
      (it) => it.needs,
    ),
    list(
      "proven, as neither it nor its libraries can do it",
      (it) => it.says === "no" && it.proof,
      (it) => it.no,
    ),
    list(
      "read, as its own code does not do it",
      (it) => it.says === "no" && !it.proof,
      (it) => it.no,
    ),
  ];
  return {
    files: own.slice(0, MOST_FILES).map(fileText),
    others: [
      ...(own.length > MOST_FILES ? [`and ${own.length - MOST_FILES} more files of its own`] : []),
      ...(libraries > 0 ? [`and ${libraries} ${libraries === 1 ? "library" : "libraries"} of others`] : []),
    ],
    parts: parts.filter((it) => it.lines.length > 0),
    unread: reading.unread.map((it) => `${it.path} ${it.why}`),
  };
}

/** So many places are shown of one service. */
const MOST_OWNED = 30;

const ownedLines = (all: readonly OwnedPlace[]): readonly string[] => [
  ...all.slice(0, MOST_OWNED).map(({ path, owner, by }) => `${path} belongs to ${owner}: ${by} names it`),
  ...(all.length > MOST_OWNED ? [`and ${all.length - MOST_OWNED} more`] : []),
];

/** The same as a few sentences about one program, what it may do first, for where there is little room. */
export function programSentences(reading: ProgramReading, isPrivileged: boolean): readonly string[] {
  if (reading.isLate) return lateTexts(reading);
  const needs = programNeeds(reading, isPrivileged);
  const nothing = (proof: boolean): readonly string[] => {
    const found = needs.flatMap(({ need, read }) => (read.says === "no" && read.proof === proof ? [need.needs] : []));
    return found.length === 0 ? [] : [`nothing in ${readFilesText(reading, proof)} ${shortList(found)}`];
  };
  return [
    ...needs.flatMap(mayText),
    ...reading.unread.filter((it) => !it.isLibrary).map(({ path, why }) => `${path} ${why}: nothing is read of it`),
    ...[...openWhy(needs)].map(([why, open]) => `not known whether it ${shortList(open)}, as ${why}`),
    ...nothing(true),
    ...nothing(false),
  ];
}

const lateTexts = ({ unread }: ProgramReading): readonly string[] =>
  unread.map(({ path, why }) => `${path} ${why}: it is read meanwhile, ask again in a moment`);

/** So many things a sentence names. */
const MOST_NAMED = 6;

function shortList(texts: readonly string[]): string {
  const shown = texts.slice(0, texts.length > MOST_NAMED + 1 ? MOST_NAMED : undefined);
  const rest = texts.length - shown.length;
  const last = rest > 0 ? `does ${rest} other things` : shown.pop();
  return shown.length > 0 ? `${shown.join(", ")} or ${last}` : `${last}`;
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

const fileText = ({ path, form, signs, hides, notes = [] }: FileReading): string => {
  const open = [...(hides.length > 0 ? [`it ${hides.join(", ")}`] : []), ...notes].map((it) => `; ${it}`).join("");
  const found = signs.length === 1 ? "1 sign" : `${signs.length} signs`;
  return `${path}: ${FORMS[form] ?? form}, ${found}${open}`;
};
