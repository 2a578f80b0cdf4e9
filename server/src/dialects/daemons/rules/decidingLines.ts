import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { SectionName } from "../../../catalog/sections.ts";
import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import { assignmentsOf, mergedAssignments, type Unit } from "../../../units/unit.ts";

/** Where a setting of a program stands. */
export interface Setting {
  readonly kind: ConfigKind;
  readonly section: string;
  readonly key: string;
}

/** The name of a setting for `needs`. */
export const named = (...keys: readonly string[]): readonly DirectiveName[] => keys as readonly DirectiveName[];

/** The line that decides a setting, of all files; undefined where there is none, or where it is empty and sets the default. */
export const decidingLine = (unit: Unit, { kind, section, key }: Setting): Assignment | undefined =>
  unit.path.kind === kind ? settingsIn(unit, section).last(key) : undefined;

/** All lines of a setting, in the order in which they are read. */
export const linesOf = (unit: Unit, { kind, section, key }: Setting): readonly Assignment[] =>
  unit.path.kind === kind ? mergedAssignments(unit, section as SectionName, key as DirectiveName) : [];

/** Whether a line stands in the file that is judged, and not in another one of its drop-ins. */
export const isOwnLine = (unit: Unit, { section, key }: Setting, line: Assignment): boolean =>
  assignmentsOf(unit, section as SectionName, key as DirectiveName).includes(line);

/** The same where the file that is judged has it. */
export function ownDecidingLine(unit: Unit, setting: Setting): Assignment | undefined {
  const line = decidingLine(unit, setting);
  return line && isOwnLine(unit, setting, line) ? line : undefined;
}
