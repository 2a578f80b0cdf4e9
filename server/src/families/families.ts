import { lazy } from "../text/tables.ts";
import type { CheckedPath } from "./checkedPath.ts";
import { configFamilies, configFamilyOf } from "./configFamilies.ts";
import { configPath } from "./configs/configPath.ts";
import type { Family } from "./family.ts";
import { QUADLET_FAMILY } from "./quadletFiles.ts";
import { RECOGNIZED } from "./recognized.ts";
import { UNIT_FAMILY } from "./unitFiles.ts";

/** What a path says about a file, and the family that it belongs to. */
export interface FamilyFile {
  readonly family: Family;
  /** What distinguishes it from other files, such as `service` or `network`. */
  readonly kind: string;
  /** The rest that its path says, where its family is checked. */
  readonly unit?: CheckedPath;
}

/**
 * Recognises a file by its path; undefined where it is not systemd's. The first family that knows the path counts. Of a
 * quadlet only its text shows whether it is one (`isQuadletText`).
 */
export function recognize(path: string): FamilyFile | undefined {
  const unit = UNIT_FAMILY.pathOf(path);
  if (unit) return { family: UNIT_FAMILY, kind: unit.kind, unit };
  const quadlet = QUADLET_FAMILY.pathOf(path);
  if (quadlet) return { family: QUADLET_FAMILY, kind: quadlet.kind, unit: quadlet };
  const config = configPath(path);
  if (config) return { family: configFamilyOf(config.kind) as unknown as Family, kind: config.kind, unit: config };
  for (const family of RECOGNIZED) {
    const kind = family.pathOf(path)?.kind;
    if (kind !== undefined) return { family, kind };
  }
  return undefined;
}

/** A link has fewer sections than a network, which may have all of them. */
const bySections = lazy(() => [configFamilyOf("link"), ...configFamilies()]);

/** The same of a text without a path, by its section headers; one that says nothing is a unit, most often a service to be. */
export function recognizeSections(names: readonly string[]): FamilyFile {
  for (const family of RECOGNIZED) {
    const kind = family.pathFromSections(names)?.kind;
    if (kind !== undefined) return { family, kind };
  }
  const quadlet = QUADLET_FAMILY.pathFromSections(names);
  if (quadlet) return { family: QUADLET_FAMILY, kind: quadlet.kind, unit: quadlet };
  for (const family of bySections()) {
    const config = family.pathFromSections(names);
    if (config) return { family: family as unknown as Family, kind: config.kind, unit: config };
  }
  const unit = UNIT_FAMILY.pathFromSections(names);
  return { family: UNIT_FAMILY, kind: unit.kind, unit };
}
