import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { assigned, inForce } from "../service/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";

/** How sure it is that a setting is to blame. */
export const CERTAIN = 100;
export const SURE = 90;
export const LIKELY = 60;
export const POSSIBLE = 30;

/** Where an assignment stands. */
export interface LineOrigin {
  readonly node: Assignment;
  /** Which of the drop-ins of the unit it is in; undefined for the unit file itself. */
  readonly dropIn: number | undefined;
}

/** A change that helps, of the unit file, its drop-ins or both. */
export interface FailureFix extends Fix {
  readonly inDropIns?: readonly { readonly at: number; readonly edits: () => readonly TextEdit[] }[];
}

/** A setting of the unit that leads to the failure. */
export interface CausingSetting {
  readonly directive: DirectiveName;
  /** As it stands in the file; where nothing sets it, its name with a `=`. */
  readonly setting: string;
  /** Undefined where the file does not say it: by default, or because a line is missing. */
  readonly origin: LineOrigin | undefined;
  /** From 0 to 100. */
  readonly weight: number;
  /** One sentence without a full stop. */
  readonly reason: string;
  /** What loosens least comes first. */
  readonly fixes: readonly FailureFix[];
  /** The system calls that it refuses, or for which it takes a right, where they are known. */
  readonly calls?: readonly string[];
}

/** The lines of a setting in force, those of the drop-ins too; an empty one where that is a value of its own. */
export function linesToBlame(unit: Unit, name: DirectiveName): readonly Assignment[] {
  const lines = inForce(unit, name);
  return lines.length === 0 && name === "CapabilityBoundingSet" ? assigned(unit, name).slice(-1) : lines;
}

const fileOf = memo((unit: Unit) => {
  const files = new Map<object, number>();
  for (const [i, file] of unit.dropIns.entries()) for (const node of file.nodes) files.set(node, i);
  return files;
});

/** In which file a line stands. */
export function originOf(unit: Unit, node: Assignment): LineOrigin {
  return { node, dropIn: fileOf(unit).get(node) };
}

/** A cause that stands in a line; `by` is that line, the last one of the setting where it is not given, `calls` those that it refuses. */
export function cause(
  unit: Unit,
  directive: DirectiveName,
  weight: number,
  reason: string,
  fixes: readonly FailureFix[] = [],
  by: Assignment | undefined = linesToBlame(unit, directive).at(-1),
  calls?: readonly string[],
): CausingSetting {
  return {
    ...(calls && { calls }),
    directive,
    setting: by ? `${by.key}=${by.text}` : `${directive}=`,
    origin: by && originOf(unit, by),
    weight,
    reason,
    fixes,
  };
}
