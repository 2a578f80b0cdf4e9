import { isQuadletKind } from "../../facts/quadletKinds.ts";
import { lookAlikeIn } from "../../families/lookAlikes.ts";
import { quadletPath } from "../../families/quadletFiles/quadletPath.ts";
import { isQuadletText } from "../../families/quadletFiles/quadletText.ts";
import type { FilePlace } from "./filePlace.ts";

/** Whether a file with this text is what its name says, and no other program's. */
export function countsInIndex(path: string, { role }: FilePlace, text: string): boolean {
  if (role.kind === "dependency") return true;
  const of = role.kind === "unit" ? role.name : role.of;
  if (!isQuadletKind(of.slice(of.lastIndexOf(".") + 1))) return text === "" || lookAlikeIn(path, text) === undefined;
  const quadlet = quadletPath(path);
  return !quadlet || isQuadletText(quadlet, text);
}
