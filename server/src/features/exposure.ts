import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../lint/finding.ts";
import {
  type AssessedCheck,
  type Assessment,
  assess,
  exposureWith,
  formatExposure,
  nameOf,
} from "../security/exposure.ts";
import type { Section } from "../syntax/tree.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { assignmentsOf, readUnit, type Unit } from "../units/unit.ts";
import { code, join, type Prose, strong, text } from "./markup.ts";

/** Whether a unit has an exposure level that means something: a service file, whatever it lacks. */
export function hasExposure({ path }: Unit): boolean {
  return path.kind === "service" && path.role === "unit";
}

/** The exposure and its level in a few words, such as "9.4 UNSAFE 😨". */
export function inShort({ exposure, level }: Pick<Assessment, "exposure" | "level">): string {
  return exposure === undefined || !level
    ? "refused by systemd"
    : `${formatExposure(exposure)} ${level.name} ${level.emoji}`;
}

/** The section that the exposure is shown at: the first [Service]. */
export function exposedSection(unit: Unit): Section | undefined {
  return hasExposure(unit) ? unit.file.sections.find((it) => it.name === "Service" && it.header.closed) : undefined;
}

/** What edits that make some assignments would change: "9.4 → 9.2"; undefined where systemd refuses the unit before or after. */
export function gainOf(unit: Unit, sets: readonly string[], edits: readonly TextEdit[]): string | undefined {
  const before = assess(unit).exposure;
  if (before === undefined) return undefined;
  const extra = sets.map((line) => {
    const equals = line.indexOf("=");
    return { directive: line.slice(0, equals), value: line.slice(equals + 1) };
  });
  const names = extra.map((it) => it.directive);
  const after = endsUpLast(unit, names, edits) ? exposureWith(unit, extra) : assess(edited(unit, edits)).exposure;
  return after === undefined ? undefined : `${formatExposure(before)} → ${formatExposure(after)}`;
}

/** Whether edits only add lines, behind all that the unit says of the same directives: then nothing need be read anew. */
function endsUpLast(unit: Unit, names: readonly string[], edits: readonly TextEdit[]): boolean {
  if (unit.dropIns.length > 0) return false;
  const last = Math.max(0, ...names.map((it) => assignmentsOf(unit, "Service", it as DirectiveName).at(-1)?.end ?? 0));
  return edits.every(({ start, end }) => start === end && start >= last);
}

function edited({ path, file, version, dropIns }: Unit, edits: readonly TextEdit[]): Unit {
  const texts = dropIns.map((it) => it.text);
  return readUnit(path, applyEdits(file.text, edits), version, texts);
}

/** The title of a fix; of one that sets something in a service, with what it buys. */
export function titleWithGain(unit: Unit, fix: Fix): string {
  const gain = fix.sets && hasExposure(unit) ? gainOf(unit, fix.sets, fix.edits()) : undefined;
  return gain === undefined ? fix.title : `${fix.title} (${gain})`;
}

/** What the exposure is made of, for the hover on the header. */
export function describeExposure(unit: Unit): Prose {
  const assessment = assess(unit);
  const { exposure, checks, messages } = assessment;
  if (exposure === undefined) return text(`${messages.join("; ")}.`);
  const dearest = checks
    .filter((it) => it.exposure !== undefined)
    .sort((a, b) => costOf(b) - costOf(a))
    .slice(0, 5)
    .map((it) => join([code(nameOf(it.id)), text(it.exposure ?? "")], " "));
  const most = dearest.length > 0 ? [join([text("Most of it:"), join(dearest, ", ")], " ")] : [];
  const level = join(
    [
      strong(inShort(assessment)),
      text("is the exposure as systemd-analyze security computes it, from 0 (locked down) to 10."),
    ],
    " ",
  );
  return join([level, ...most], "\n\n");
}

/** How much a check weighs in the sum of all, before rounding. */
export function costOf({ badness, weight, range }: AssessedCheck): number {
  return badness === undefined ? 0 : (badness * weight) / range;
}
