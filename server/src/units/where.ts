import type { SystemdVersion } from "../facts/version.ts";
import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import type { Where } from "../values/grammar.ts";
import { parseUnitName, testInstance, type UnitName } from "../values/unitName.ts";
import { memo } from "./memo.ts";

/** What the values of a unit are read for: its version, scope and name. */
export const whereOf = memo(
  ({ path, version }: { readonly path: UnitPath; readonly version: SystemdVersion }): Where => whereAt(path, version),
);

/** The same by the path of a file. */
export function whereAt(path: UnitPath, version: SystemdVersion): Where {
  const parsed = path.name === undefined ? undefined : parseUnitName(path.name);
  const known =
    parsed !== undefined && parsed.instance !== "" && !(path.role === "drop-in" && parsed.stem.endsWith("-"));
  return { version, scope: path.scope, kind: path.kind, unit: unitNameOf(path.name, path.kind), certain: known };
}

/** The name that systemd-analyze would load a file under: of a template, an instance; where there is no name, one that stands for it. */
export function unitNameOf(name: string | undefined, kind: UnitName["kind"]): UnitName {
  const parsed = parseUnitName(name ?? `unit.${kind}`);
  return testInstance(parsed ?? { full: `unit.${kind}`, stem: "unit", prefix: "unit", instance: undefined, kind });
}
