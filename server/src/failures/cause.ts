import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import type { Fix } from "../findings/finding.ts";
import type { Assignment } from "../syntax/tree.ts";
import { memo } from "../units/memo.ts";
import { mergedAssignments, sectionsFor, sinceReset, type Unit } from "../units/unit.ts";

/** How sure it is that a setting is to blame. */
export const SURE = 90;
export const LIKELY = 60;
export const POSSIBLE = 30;

/** Where an assignment stands. */
export interface Origin {
  readonly node: Assignment;
  /** Which of the drop-ins of the unit it is in; undefined for the unit file itself. */
  readonly dropIn: number | undefined;
}

/** A setting of the unit that leads to the failure. */
export interface Cause {
  readonly directive: DirectiveName;
  /** As it stands in the file; where nothing sets it, its name with a `=`. */
  readonly setting: string;
  /** Undefined where the file does not say it: by default, or because a line is missing. */
  readonly origin: Origin | undefined;
  /** From 0 to 100. */
  readonly weight: number;
  /** One sentence without a full stop. */
  readonly reason: string;
  /** What loosens least comes first. */
  readonly fixes: readonly Fix[];
}

/** The section that holds the settings of this kind of unit. */
export function sectionFor(unit: Unit, name: DirectiveName): SectionName {
  const sections = sectionsFor(unit);
  return sections.find((it) => mergedAssignments(unit, it, name).length > 0) ?? sections[1] ?? "Service";
}

/** The lines of a setting in force, those of the drop-ins too; an empty one where that is a value of its own. */
export function linesOf(unit: Unit, name: DirectiveName): readonly Assignment[] {
  const all = mergedAssignments(unit, sectionFor(unit, name), name);
  const lines = sinceReset(all);
  return lines.length === 0 && name === "CapabilityBoundingSet" ? all.slice(-1) : lines;
}

const fileOf = memo((unit: Unit) => {
  const files = new Map<object, number>();
  for (const [i, file] of unit.dropIns.entries()) for (const node of file.nodes) files.set(node, i);
  return files;
});

/** In which file a line stands. */
export function originOf(unit: Unit, node: Assignment): Origin {
  return { node, dropIn: fileOf(unit).get(node) };
}

/** A cause that stands in a line; `by` is that line, the last one of the setting where it is not given. */
export function cause(
  unit: Unit,
  directive: DirectiveName,
  weight: number,
  reason: string,
  fixes: readonly Fix[] = [],
  by: Assignment | undefined = linesOf(unit, directive).at(-1),
): Cause {
  return {
    directive,
    setting: by ? `${by.key}=${by.text}` : `${directive}=`,
    origin: by && originOf(unit, by),
    weight,
    reason,
    fixes,
  };
}
