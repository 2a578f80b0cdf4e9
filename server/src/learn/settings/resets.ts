import type { DirectiveName } from "../../catalog/catalog.ts";
import { inForce } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";

/** Lists whose lines let more through: those of the unit have to go before. */
const ALLOWING: ReadonlySet<string> = new Set<DirectiveName>([
  "CapabilityBoundingSet",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
  "SystemCallFilter",
  "SystemCallArchitectures",
]);

/** One line of a unit, taken apart. */
export interface KeyedValue {
  readonly key: string;
  readonly value: string;
}

/** The lines in their order, with an empty one before the first of a list that the unit has lines of already. */
export function withResets<Line extends KeyedValue>(unit: Unit, lines: readonly Line[]): readonly KeyedValue[] {
  const begun = new Set<string>();
  return lines.flatMap((it): readonly KeyedValue[] => {
    const { key, value } = it;
    const isFirst = !begun.has(key);
    begun.add(key);
    const resets =
      isFirst &&
      ALLOWING.has(key) &&
      value !== "" &&
      !value.startsWith("~") &&
      inForce(unit, key as DirectiveName).length > 0;
    return resets ? [{ key, value: "" }, it] : [it];
  });
}
