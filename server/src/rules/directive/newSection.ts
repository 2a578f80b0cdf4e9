import type { SectionName } from "../../catalog/sections.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../../facts/version.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import { smallest } from "../../text/extremes.ts";
import { memoBy } from "../../units/memo.ts";
import type { Unit } from "../../units/unit.ts";

/** Whether the target knows none of the settings of a section of a configuration file, and so not the section. */
export const isTooNewSection = (unit: Unit, name: SectionName): boolean =>
  isConfigPath(unit.path) && knowsNothingOf(unit, name);

const knowsNothingOf = memoBy(
  ({ family, version }: Unit, name: SectionName) => family.content.directivesIn(name, version).length === 0,
);

/** The version that brought the first of the settings of a section; undefined where that is not known. */
export function sinceOfSection(unit: Unit, name: SectionName): SystemdVersion | undefined {
  const versions = unit.family.content.directivesIn(name, NEWEST_VERSION).flatMap((it) => it.since ?? []);
  return versions.length === 0 ? undefined : smallest(versions);
}
