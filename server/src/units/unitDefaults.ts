import { hasCome } from "../facts/version.ts";
import type { ManagerDefaults } from "./managerDefaults.ts";
import { memo } from "./memo.ts";
import { mergedAssignments, sectionsFor, type Unit } from "./unit.ts";

/** The same unit as a manager with other defaults, or whose programs or source can be read, loads it; of a drop-in also the unit that it belongs to. */
export function underManager(unit: Unit, defaults: ManagerDefaults | undefined): Unit {
  if (!defaults?.restrictSuidSgid && !defaults?.files && !defaults?.source && !defaults?.tree) return unit;
  const { main } = unit;
  return main ? { ...unit, defaults, main: { ...main, unit: { ...main.unit, defaults } } } : { ...unit, defaults };
}

/** Whether the manager sets RestrictSUIDSGID= for a unit that does not. */
export const restrictsByDefault = memo(
  (unit: Unit): boolean =>
    unit.defaults?.restrictSuidSgid === true &&
    hasCome({ since: 258 }, unit.version) &&
    sectionsFor(unit).every((it) => mergedAssignments(unit, it, "RestrictSUIDSGID").length === 0),
);
