import { type Assessment, assess, exposureWith, formatExposure } from "../security/exposure.ts";
import type { Section } from "../syntax/tree.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { memoBy } from "../units/memo.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import { exposureTone } from "./exposureTone.ts";
import { afterEdits, endsUpLast, extraOf } from "./gain.ts";

/** Whether a unit has an exposure level that means something: a service file, whatever it lacks. */
export function hasExposure({ path }: Unit): boolean {
  return path.kind === "service" && path.role === "unit";
}

/** What is said of an exposure in a few words. */
type ShortExposure = Partial<Pick<Assessment, "exposure" | "isTemplate">> & {
  readonly level?: { readonly name: string } | undefined;
};

/** The exposure and its level in a few words, such as "9.4 UNSAFE". Not every font has the face that systemd prints. */
export function inShort({ exposure, level, isTemplate }: ShortExposure): string {
  if (exposure === undefined || !level) return "refused by systemd";
  return `${formatExposure(exposure)} ${level.name}${isTemplate ? ` ${AS_SHOWN}` : ""}`;
}

/** The same of a unit for its lens, with an icon where the client shows icons in titles. */
export function lensTitle(unit: Unit, icons: boolean): string {
  const assessment = assess(unit);
  // A plain blank after an icon is lost.
  return `${icons ? `${ICONS[exposureTone(assessment.exposure)]}\u00a0` : ""}${inShort(assessment)}`;
}

const ICONS = { bad: "$(error)", middling: "$(warning)", good: "$(pass)" } as const;

/** The section that the exposure is shown at: the first [Service]. */
export function exposedSection(unit: Unit): Section | undefined {
  return hasExposure(unit) ? unit.file.sections.find((it) => it.name === "Service" && it.header.closed) : undefined;
}

/** What is told of a whole file stands there: the first [Service], in a file without one its first section. */
export function mainHeader(unit: Unit): Span | undefined {
  if (hasExposure(unit)) return exposedSection(unit)?.header;
  const closed = unit.file.sections.filter((it) => it.header.closed);
  return (closed.find((it) => it.name === "Service") ?? closed[0])?.header;
}

/** The exposure before and after a change, in tenths. */
export interface ExposureChange {
  readonly before: number;
  readonly after: number;
}

/** The finding, the lens and the fix of one text ask about the same change. */
const known = memoBy((unit: Unit, key: string) => {
  const [sets, edits] = JSON.parse(key) as [readonly string[], readonly TextEdit[]];
  return computed(unit, sets, edits);
});

/** What edits that make some assignments change; undefined where systemd refuses the unit before or after. */
export function exposureChange(
  unit: Unit,
  sets: readonly string[],
  edits: readonly TextEdit[],
): ExposureChange | undefined {
  return known(unit, JSON.stringify([sets, edits]));
}

function computed(unit: Unit, sets: readonly string[], edits: readonly TextEdit[]): ExposureChange | undefined {
  const before = assess(unit).exposure;
  if (before === undefined) return undefined;
  const after = endsUpLast(unit, sets, edits)
    ? exposureWith(unit, sets.map(extraOf))
    : assess(afterEdits(unit, edits)).exposure;
  return after === undefined ? undefined : { before, after };
}

/** A change in numbers, such as "9.4 → 9.2"; undefined where the exposure stays the same, which says nothing. */
export function gainOf(unit: Unit, sets: readonly string[], edits: readonly TextEdit[]): string | undefined {
  const change = exposureChange(unit, sets, edits);
  if (!change || change.before === change.after) return undefined;
  return `${formatExposure(change.before)} → ${formatExposure(change.after)}`;
}
