import { type AssessedCheck, assess, formatExposure } from "../security/exposure.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { withText } from "../units/editedUnit.ts";
import type { Unit } from "../units/unit.ts";

/** What edits make of the exposure of a unit. */
export interface ExposureGain {
  /** Tenths, as systemd counts. */
  readonly before: number;
  readonly after: number;
  /** Whether the sum of the level rises, also where the tenths do not show it. */
  readonly raises: boolean;
  /** The checks that come out better. */
  readonly passes: readonly string[];
}

/** The unit with some edits in its file and the drop-ins that it has. */
export const afterEdits = (unit: Unit, edits: readonly TextEdit[]): Unit =>
  withText(unit, applyEdits(unit.file.text, edits));

/** What edits make of the exposure; undefined where systemd refuses the unit before or after. */
export function exposureGain(unit: Unit, edits: readonly TextEdit[]): ExposureGain | undefined {
  const before = assess(unit);
  const after = assess(afterEdits(unit, edits));
  if (before.exposure === undefined || after.exposure === undefined) return undefined;
  const badness = new Map(before.checks.map((it) => [it.id, it.badness ?? 0]));
  return {
    before: before.exposure,
    after: after.exposure,
    raises: after.exposure > before.exposure || sumOf(after.checks) > sumOf(before.checks),
    passes: after.checks.filter((it) => (it.badness ?? 0) < (badness.get(it.id) ?? 0)).map((it) => it.id),
  };
}

const sumOf = (checks: readonly AssessedCheck[]): number => checks.reduce((sum, it) => sum + costOf(it), 0);

/** How much a check weighs in the sum of all, before rounding. */
export function costOf({ badness, weight, range }: AssessedCheck): number {
  return badness === undefined ? 0 : (badness * weight) / range;
}

/** The exposure before and after, or in words what else is gained where the tenths stay the same. */
export function gainText({ before, after, passes }: ExposureGain): string {
  if (before !== after) return `${formatExposure(before)} → ${formatExposure(after)}`;
  return passes.length > 0 ? "too little for the level to show" : "not counted in the level";
}
