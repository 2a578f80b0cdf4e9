import type { DirectiveName } from "../catalog/catalog.ts";
import type { Extra } from "../security/effective.ts";
import { type AssessedCheck, assess, assessWith, formatExposure } from "../security/exposure.ts";
import { largest } from "../text/extremes.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { withText } from "../units/readUnit.ts";
import { assignmentsOf, type Unit } from "../units/unit.ts";

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

/** A line `key=value` as an assignment. */
export function extraOf(line: string): Extra {
  const equals = line.indexOf("=");
  return { directive: line.slice(0, equals), value: line.slice(equals + 1) };
}

/** Whether edits only add the lines of some settings, after all that the unit says of the same directives: then nothing need be read again. */
export function endsUpLast(unit: Unit, sets: readonly string[], edits: readonly TextEdit[]): boolean {
  if (unit.dropIns.length > 0) return false;
  const last = largest(
    sets.map((it) => assignmentsOf(unit, "Service", extraOf(it).directive as DirectiveName).at(-1)?.end ?? 0),
    0,
  );
  return edits.every(({ start, end }) => start === end && start >= last);
}

/**
 * What edits make of the exposure; undefined where systemd refuses the unit before or after. Where they add nothing but the
 * lines `sets`, a long unit is not read again for each of them.
 */
export function exposureGain(
  unit: Unit,
  edits: readonly TextEdit[],
  sets?: readonly string[],
): ExposureGain | undefined {
  const before = assess(unit);
  const after =
    sets && endsUpLast(unit, sets, edits) ? assessWith(unit, sets.map(extraOf)) : assess(afterEdits(unit, edits));
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
