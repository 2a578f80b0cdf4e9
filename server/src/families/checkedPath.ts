import { isQuadletKind } from "../facts/quadletKinds.ts";
import type { UnitKind } from "../facts/unitKinds.ts";
import { parseQuadletName, serviceOf } from "../values/quadletName.ts";
import { type ConfigPath, configPath } from "./configs/configPath.ts";
import { isConfigText } from "./configs/configText.ts";
import { type QuadletPath, quadletPath } from "./quadletFiles/quadletPath.ts";
import { isQuadletText } from "./quadletFiles/quadletText.ts";
import { scopeOfPlace, type UnitPath, unitPath } from "./unitFiles/unitPath.ts";

/** What the path says of a file of a family that is checked. */
export type CheckedPath = UnitPath | QuadletPath | ConfigPath;

/** The same by the path alone; undefined where no such family has the file. */
export const checkedPath = (path: string): CheckedPath | undefined =>
  unitPath(path) ?? quadletPath(path) ?? configPath(path);

/** What a file is once its text is known, which shows what its path leaves open; undefined where it is of none of the families. */
export function pathWithText(path: string, checked: CheckedPath | undefined, text: string): CheckedPath | undefined {
  if (!checked) return undefined;
  if (belongs(checked, text)) return isPartOfUnit(checked, text) ? { ...checked, role: "drop-in" } : checked;
  const config = isQuadletPath(checked) ? configPath(path) : undefined;
  return config && belongs(config, text) ? config : undefined;
}

/** What a service that stands as a whole has one of. */
const OF_WHOLE_SERVICE = /^[ \t]*(?:\[Unit\]|(?:ExecStart|ExecStop|SuccessAction)[ \t]*=)/m;

/** Whether a template of a service becomes a drop-in of it, as roles that only change a service of a package call it like that. */
const isPartOfUnit = ({ template, kind, role }: CheckedPath, text: string): boolean =>
  template !== undefined &&
  kind === "service" &&
  role === "unit" &&
  /^[ \t]*\[Service\]/m.test(text) &&
  !OF_WHOLE_SERVICE.test(text);

/** The kind of the unit that a file becomes: of any quadlet a service. What becomes none counts as a target, which runs nothing. */
export function unitKindOf(path: CheckedPath): UnitKind {
  if (isConfigPath(path)) return "target";
  return isQuadletPath(path) ? "service" : path.kind;
}

/** The name of the unit that a file becomes, or that its drop-in extends; undefined where there is none or it is no name. */
export function unitNameIn(path: CheckedPath): string | undefined {
  if (isConfigPath(path)) return undefined;
  if (!isQuadletPath(path) || path.name === undefined) return path.name;
  const name = parseQuadletName(path.name);
  return name && serviceOf(name);
}

/** Whether a text is of the family that its path says, as other programs have files with podman's suffixes too. */
export function belongs(path: CheckedPath, text: string): boolean {
  if (isConfigPath(path)) return isConfigText(path, text);
  return !isQuadletPath(path) || isQuadletText(path, text);
}

/** Whose manager reads a file as its place says, also that of a quadlet; undefined where the place does not tell. */
export function managerOfPlace(path: string): CheckedPath["scope"] | undefined {
  const quadlet = quadletPath(path);
  return quadlet?.placed ? quadlet.scope : scopeOfPlace(path);
}

/** Whether a file is a quadlet's. */
export const isQuadletPath = (path: CheckedPath): path is QuadletPath =>
  !isConfigPath(path) && isQuadletKind(path.kind);

/** Whether a file configures one of systemd's programs, and becomes no unit. */
export const isConfigPath = (path: CheckedPath): path is ConfigPath => "config" in path;

/** Whether a file is a unit itself, of no other family. */
export const isUnitPath = (path: CheckedPath): path is UnitPath => !isConfigPath(path) && !isQuadletPath(path);
