import type { Span } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import { memo } from "../units/memo.ts";
import type { HostedText } from "./hostedText.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";

/** Which units a place of the file counts for: that of a set, or of a binding. */
const ownersIn = memo((file: HostedFile): ReadonlyMap<number, ReadonlySet<HostedUnit>> => {
  const owners = new Map<number, Set<HostedUnit>>();
  const own = (at: number | undefined, unit: HostedUnit): void => {
    if (at === undefined) return;
    const known = owners.get(at);
    if (known) known.add(unit);
    else owners.set(at, new Set([unit]));
  };
  for (const unit of file.units) {
    for (const sets of unit.sets.values()) for (const it of sets) own(it.start, unit);
    for (const it of unit.settings) own(it.place?.binding.start, unit);
  }
  return owners;
});

/** Whether what is added at the set or binding of a place comes to no unit that says anything else: it may not bear it. */
export function isUnshared(file: HostedFile, unit: HostedUnit, at: number): boolean {
  const others = [...(ownersIn(file).get(at) ?? [])].filter((it) => it !== unit);
  return others.every((it) => placesOf(it) === placesOf(unit));
}

/** Whether an edit of the text of a unit changes no line that others have, too. */
export function changesOwnLines(
  file: HostedFile,
  unit: HostedUnit,
  { lines }: HostedText,
  { start, end }: Span,
): boolean {
  const changed = start < end ? spansTouching(lines, { start, end }) : [];
  return changed.every(({ setting: { place } }) => !place || isUnshared(file, unit, place.binding.start));
}

const placesOf = memo((unit: HostedUnit): string => unit.settings.map((it) => it.keySpan.start).join(" "));
