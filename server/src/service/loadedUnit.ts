import type { SectionName } from "../catalog/sections.ts";
import { isConfigPath, isQuadletPath } from "../families/checkedPath.ts";
import { runsPrograms, sectionsOf } from "../families/unitFiles/kinds.ts";
import { effective } from "../security/effective.ts";
import type { UnitSettings } from "../security/settings.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";

/** A unit that runs programs and that systemd loads, with its drop-ins. */
export interface LoadedUnit {
  readonly unit: Unit;
  /** The section of its sandbox, such as `Service`. */
  readonly section: SectionName;
  readonly settings: UnitSettings;
}

/** What the rules about rights look at; undefined for drop-ins alone and for what runs nothing. */
export const loadedUnit = memo((unit: Unit): LoadedUnit | undefined => {
  const { path } = unit;
  if (isQuadletPath(path) || isConfigPath(path)) return undefined;
  const [, section] = sectionsOf(path.kind);
  if (path.role !== "unit" || section === undefined || !runsPrograms(path.kind) || unit.file.text === "")
    return undefined;
  const { settings, refusal } = effective(unit);
  return refusal ? undefined : { unit, section, settings };
});

/** The same, only for services of the system manager. */
export function systemService(unit: Unit): LoadedUnit | undefined {
  if (unit.path.kind !== "service" || unit.path.scope !== "system") return undefined;
  return loadedUnit(unit);
}
