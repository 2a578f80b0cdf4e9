import { type DirectiveName, directive, isRead } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import type { CheckedFamily } from "../families/checkedFamily.ts";
import { sectionObjects } from "../families/sectionObjects.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import type { AssignedLine, Assignment, Section, UnitFile } from "../syntax/tree.ts";
import { type DirectiveLists, joinedLists, linesIn } from "./byDirective.ts";
import type { LearntText } from "./learntText.ts";
import { onLines } from "./lineLists.ts";
import type { Loading } from "./loadedFiles.ts";
import type { ManagerDefaults } from "./managerDefaults.ts";
import { memo, memoBy } from "./memo.ts";
import type { Memory } from "./memory.ts";
import { countedFile, countedFiles } from "./template/counted.ts";
import type { ReadPath } from "./template/templateFile.ts";
import { LastingLists, type VersionedAnswers } from "./versionedAnswers.ts";

/** One file that is checked, a unit file, quadlet or drop-in, read for one version of systemd. */
export interface Unit {
  /** What its path says that it is. */
  readonly family: CheckedFamily;
  readonly path: ReadPath;
  readonly file: UnitFile;
  readonly version: SystemdVersion;
  /** The drop-ins of a unit file, in the order in which systemd reads them. */
  readonly dropIns: readonly UnitFile[];
  /** Of a drop-in the unit that it belongs to; missing where its file cannot be seen. */
  readonly main?: MainUnit;
  /** Of a unit that is seen from one of its drop-ins that drop-in: what is its own stands there. */
  readonly judged?: UnitFile;
  /** What was learnt about the service, where a file next to the unit says it. */
  readonly learnt?: LearntText;
  /** What runs the scripts among its programs, by their paths, as far as their files were looked into. */
  readonly interpreters?: ReadonlyMap<string, string>;
  /** What its user may write below /etc and /usr by the owners on this machine; missing where that is not known. */
  readonly ownedPaths?: readonly string[];
  /** What was derived from the document before, for all versions of its text. */
  readonly memory: Memory;
  /** The lines that it may have in common with other units of the same work; missing for a document of its own. */
  readonly lines?: LineTable;
  /** Whether its text stands in many files, for each of which it is judged among other units. */
  readonly repeated?: true;
  /** The podman that it is read for, where it is a quadlet; the newest where missing. */
  readonly podman?: PodmanVersion;
  /** Of a quadlet in a file with several of them all of these, by the names of their files. */
  readonly beside?: ReadonlyMap<string, string>;
  /** What its manager sets for units that do not, where its configuration is known and says so. */
  readonly defaults?: ManagerDefaults;
  /** How systemd loads the file of a document, where more than that file is read, or another one. */
  readonly loading?: Loading<Unit>;
  /** Of a unit that stands for many versions of a document what was asked of it. */
  readonly versions?: VersionedAnswers<Unit>;
}

/** What was asked of a unit that stands for many versions; undefined of any other, such as one that was made of it. */
export const versionsOf = (unit: Unit): VersionedAnswers<Unit> | undefined =>
  unit.versions?.unit === unit ? unit.versions : undefined;

/** The unit that a drop-in belongs to, with all its drop-ins. */
export interface MainUnit {
  readonly unit: Unit;
  /** Which of the unit's drop-ins this one is. */
  readonly at: number;
}

/**
 * The unit of a drop-in as it is seen from there: the effective settings are those of the whole, and the lines of the
 * drop-in are its own. Undefined of any other file, where the unit cannot be seen, and where it is masked.
 */
export const seenFromDropIn: (dropIn: Unit) => Unit | undefined = memo(({ file, main }: Unit) =>
  main && main.unit.file.text !== ""
    ? { ...main.unit, judged: file, memory: main.unit.memory.within("judged") }
    : undefined,
);

/** The file that is judged, where findings and changes stand. */
export const ownFile = ({ file, judged }: Unit): UnitFile => judged ?? file;

/** The sections that a file like this may have, in the usual order. */
export const sectionsFor = ({ family, path }: Pick<Unit, "family" | "path">): readonly SectionName[] =>
  family.content.sectionsOf(path);

/** A section that systemd reads in such a unit. */
export interface ReadSection extends Section {
  readonly name: SectionName;
}

/** The sections whose settings count for this kind of unit, in the order of the file. */
export const readSections = memo((unit: Unit): readonly ReadSection[] => sectionsIn(ownFile(unit), unit));

function sectionsIn(file: UnitFile, unit: Unit): readonly ReadSection[] {
  const named = sectionsNamed(file, sectionsFor(unit).join("\n"));
  const { leavesOut } = unit.family.content;
  if (!leavesOut) return named;
  const files = [...(unit.main ? [unit.main.unit.file] : []), unit.file, ...unit.dropIns];
  return named.filter(({ name }) => !leavesOut(files, name));
}

/** Kept by the file, which stays where answers about a service make another unit of it. */
const sectionsNamed = memoBy((file: UnitFile, names: string): readonly ReadSection[] => {
  const known: readonly string[] = names.split("\n");
  return file.sections.filter(({ header, name }) => header.closed && known.includes(name)) as ReadSection[];
});

/** Assignments by their section, then by their directive. */
type Index = ReadonlyMap<string, DirectiveLists>;

const ownIndex = memo((unit: Unit): Index => {
  const own = ownFile(unit);
  return indexOf(own.template ? sectionsIn(countedFile(own), unit) : readSections(unit), unit.family.content);
});
const mergedIndex = memo((unit: Unit): Index => {
  if (unit.dropIns.length === 0 && !unit.judged) return ownIndex(unit);
  const sections = countedFiles(unit).flatMap((file) => sectionsIn(file, unit));
  return indexOf(sections, unit.family.content);
});

const indexOf = memoBy((sections: readonly ReadSection[], { separateSections }: CheckedFamily["content"]): Index => {
  const objects = sectionObjects(sections, separateSections);
  return new Map(objects.map((it) => [it[0]?.name ?? "", joinedLists(it.filter(({ nodes }) => nodes.length > 0))]));
});

/** All assignments of a directive that the target knows in this file alone, empty ones too, in the order in which systemd reads them. */
export function assignmentsOf(unit: Unit, section: SectionName, name: DirectiveName): readonly Assignment[] {
  const found = versionsOf(unit) ? mergedDirectives(unit, section).get(name) : ownIndex(unit).get(section)?.get(name);
  return found && reads(unit, section, name) ? found : NONE;
}

/** The same with the drop-ins after the file; spans count in whichever text the assignment stands. */
export function mergedAssignments(unit: Unit, section: SectionName, name: DirectiveName): readonly Assignment[] {
  // Of most that are asked for there are none.
  const found = mergedDirectives(unit, section).get(name);
  return found && reads(unit, section, name) ? found : NONE;
}

/** Whether the target knows a directive at all; what it does not know sets nothing. */
function reads({ version }: Unit, section: SectionName, name: string): boolean {
  if (version === NEWEST_VERSION) return true;
  const row = directive(section, name);
  return row === undefined || isRead(row, version);
}

/** All that a unit with its drop-ins says in a section, by the directive; names that nobody knows are among them. */
export function mergedDirectives(unit: Unit, section: SectionName): DirectiveLists {
  const versions = versionsOf(unit);
  if (versions) return new LastingLists(versions, section, mergedDirectives);
  return mergedIndex(unit).get(section) ?? NO_DIRECTIVES;
}

const NONE: readonly Assignment[] = [];
const NO_DIRECTIVES: DirectiveLists = new Map<string, readonly Assignment[]>();

/** The lines of all assignments of one directive, with those of the drop-ins: the same array as long as none is touched. */
export function sharedLines(unit: Unit, section: SectionName, name: string): readonly AssignedLine[] {
  const lists = mergedDirectives(unit, section);
  if (!lists.has(name) || !reads(unit, section, name)) return NO_LINES;
  return lists instanceof LastingLists ? lists.lines(name) : linesIn(lists, name, unit.memory);
}

const NO_LINES: readonly AssignedLine[] = [];

/** The lines of a list that are in force, with those of the drop-ins; the same array as long as none is touched. */
export function linesInForce(unit: Unit, section: SectionName, name: DirectiveName): readonly AssignedLine[] {
  return linesSinceReset(sharedLines(unit, section, name));
}

/** Their values. */
export function valuesInForce(unit: Unit, section: SectionName, name: DirectiveName): readonly string[] {
  return valuesOf(linesInForce(unit, section, name));
}

const linesSinceReset = memo((lines: readonly AssignedLine[]) => {
  const last = resets(lines).at(-1);
  return last ? lines.slice(last.at + 1) : lines;
});
const resets = onLines(({ value }): readonly true[] => (value.text === "" ? [true] : []));
const valuesOf = memo((lines: readonly AssignedLine[]): readonly string[] => lines.map((it) => it.value.text));

/** What is left of the assignments of a list: those after the last empty one, which resets it. */
export const sinceReset = memo((assignments: readonly Assignment[]): readonly Assignment[] => {
  const last = assignments.findLastIndex((it) => it.text === "");
  return last < 0 ? assignments : assignments.slice(last + 1);
});
