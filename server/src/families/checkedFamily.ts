import type { SectionName } from "../catalog/sections.ts";
import { type CheckedPath, isQuadletPath } from "./checkedPath.ts";
import type { Family } from "./family.ts";
import { QUADLET_FAMILY } from "./quadletFiles.ts";
import { UNIT_FAMILY } from "./unitFiles.ts";

/** A family whose files are checked. */
export type CheckedFamily = Family<CheckedPath, SectionName> &
  Required<Pick<Family<CheckedPath, SectionName>, "content" | "dropIns">>;

/** The family of a file that is checked. */
export const checkedFamilyOf = (path: CheckedPath): CheckedFamily =>
  isQuadletPath(path) ? QUADLET_FAMILY : UNIT_FAMILY;
