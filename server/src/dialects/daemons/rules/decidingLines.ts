import { type DirectiveName, grammarIn } from "../../../catalog/catalog.ts";
import type { SectionName } from "../../../catalog/sections.ts";
import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { assignmentsOf, mergedAssignments, type Unit } from "../../../units/unit.ts";
import { whereOf } from "../../../units/where.ts";
import { issuesOf } from "../../../values/read.ts";

/** Where a setting of a program stands. */
export interface Setting {
  readonly kind: ConfigKind;
  readonly section: string;
  readonly key: string;
}

/** The name of a setting for `needs`. */
export const named = (...keys: readonly string[]): readonly DirectiveName[] => keys as readonly DirectiveName[];

/**
 * The line that decides a setting, of all files: the last one whose value the program takes. Undefined where there is none, or
 * where it is empty and sets the default.
 */
export function decidingLine(unit: Unit, { kind, section, key }: Setting): Assignment | undefined {
  if (unit.path.kind !== kind) return undefined;
  const directive = unit.family.content.directive(section, key);
  const type = directive && grammarIn(directive, unit.version);
  const last = linesOf(unit, { kind, section, key }).findLast(
    ({ text }) => text === "" || !type || issuesOf(type, text, whereOf(unit)).every(({ effect }) => KEPT.has(effect)),
  );
  return last?.text === "" ? undefined : last;
}

/** All lines of a setting, in the order in which they are read. */
export const linesOf = (unit: Unit, { kind, section, key }: Setting): readonly Assignment[] =>
  unit.path.kind === kind ? mergedAssignments(unit, section as SectionName, key as DirectiveName) : [];

/** What systemd takes all the same. */
const KEPT: ReadonlySet<string> = new Set(["word", "complains", "silent"]);

/** Whether a line stands in the file that is judged, and not in another one of its drop-ins. */
export const isOwnLine = (unit: Unit, { section, key }: Setting, line: Assignment): boolean =>
  assignmentsOf(unit, section as SectionName, key as DirectiveName).includes(line);

/** The same where the file that is judged has it. */
export function ownDecidingLine(unit: Unit, setting: Setting): Assignment | undefined {
  const line = decidingLine(unit, setting);
  return line && isOwnLine(unit, setting, line) ? line : undefined;
}
