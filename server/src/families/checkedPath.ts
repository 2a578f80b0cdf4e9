import { isQuadletKind } from "../facts/quadletKinds.ts";
import type { UnitKind } from "../facts/unitKinds.ts";
import { parseQuadletName, serviceOf } from "../values/quadletName.ts";
import { type QuadletPath, quadletPath } from "./quadletFiles/quadletPath.ts";
import { isQuadletText } from "./quadletFiles/quadletText.ts";
import { scopeOfPlace, type UnitPath, unitPath } from "./unitFiles/unitPath.ts";

/** What the path says of a file of a family that is checked. */
export type CheckedPath = UnitPath | QuadletPath;

/** The same by the path alone; undefined where no such family has the file. */
export const checkedPath = (path: string): CheckedPath | undefined => unitPath(path) ?? quadletPath(path);

/** The kind of the unit that a file becomes: of any quadlet a service. */
export const unitKindOf = (path: CheckedPath): UnitKind => (isQuadletPath(path) ? "service" : path.kind);

/** The name of the unit that a file becomes, or that its drop-in extends; undefined where there is none or it is no name. */
export function unitNameIn(path: CheckedPath): string | undefined {
  if (!isQuadletPath(path) || path.name === undefined) return path.name;
  const name = parseQuadletName(path.name);
  return name && serviceOf(name);
}

/** Whether a text is of the family that its path says, as other programs have files with podman's suffixes too. */
export const belongs = (path: CheckedPath, text: string): boolean => !isQuadletPath(path) || isQuadletText(path, text);

/** Whose manager reads a file as its place says, also that of a quadlet; undefined where the place does not tell. */
export function managerOfPlace(path: string): CheckedPath["scope"] | undefined {
  const quadlet = quadletPath(path);
  return quadlet?.placed ? quadlet.scope : scopeOfPlace(path);
}

/** Whether a file is a quadlet's. */
export const isQuadletPath = (path: CheckedPath): path is QuadletPath => isQuadletKind(path.kind);
