import { NEWEST_PODMAN, type PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { type CheckedPath, isQuadletPath, unitKindOf, unitNameIn } from "../families/checkedPath.ts";
import type { Where } from "../values/grammar.ts";
import { parseUnitName, testInstance, type UnitName } from "../values/unitName.ts";
import { memo } from "./memo.ts";

/** What of a unit decides where its values stand. */
interface PlacedUnit {
  readonly path: CheckedPath;
  readonly version: SystemdVersion;
  readonly podman?: PodmanVersion;
}

/** What the values of a unit are read for: its version, scope and name. */
export const whereOf: (unit: PlacedUnit) => Where = memo(({ path, version, podman = NEWEST_PODMAN }: PlacedUnit) => {
  const where = whereAt(path, version);
  return isQuadletPath(path) ? { ...where, podman } : where;
});

/** The same by the path of a file. */
export function whereAt(path: CheckedPath, version: SystemdVersion): Where {
  const name = unitNameIn(path);
  const kind = unitKindOf(path);
  const parsed = name === undefined ? undefined : parseUnitName(name);
  const known =
    parsed !== undefined && parsed.instance !== "" && !(path.role === "drop-in" && parsed.stem.endsWith("-"));
  return { version, scope: path.scope, kind, unit: unitNameOf(name, kind), certain: known };
}

/** The name that systemd-analyze would load a file under: of a template, an instance; where there is no name, one that stands for it. */
export function unitNameOf(name: string | undefined, kind: UnitName["kind"]): UnitName {
  const parsed = parseUnitName(name ?? `unit.${kind}`);
  return testInstance(parsed ?? { full: `unit.${kind}`, stem: "unit", prefix: "unit", instance: undefined, kind });
}
