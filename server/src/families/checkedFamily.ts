import type { SectionName } from "../catalog/sections.ts";
import { type CheckedPath, isConfigPath, isQuadletPath } from "./checkedPath.ts";
import { configFamilyOf } from "./configFamilies.ts";
import type { Family } from "./family.ts";
import { QUADLET_FAMILY } from "./quadletFiles.ts";
import { UNIT_FAMILY } from "./unitFiles.ts";

/** A family whose files are checked. */
export type CheckedFamily = Family<CheckedPath, SectionName> &
  Required<Pick<Family<CheckedPath, SectionName>, "content" | "dropIns">>;

/** The family of a file that is checked. */
export function checkedFamilyOf(path: CheckedPath): CheckedFamily {
  if (isConfigPath(path)) return configFamilyOf(path.config) as unknown as CheckedFamily;
  return isQuadletPath(path) ? QUADLET_FAMILY : UNIT_FAMILY;
}
