import type { CheckedPath } from "../../families/checkedPath.ts";
import { filePlaceOf } from "../index/filePlace.ts";
import type { ReadPath } from "./templateFile.ts";

/** Whether files may be templates: those may that no manager loads from where they are, or none. */
export type TemplateChoice = "auto" | "off";

/** What a path says about a file with how it is read, with more ways to write a placeholder: where systemd itself reads it, nothing fills it in any more. */
export function asRead(
  path: string,
  unit: CheckedPath,
  templates: TemplateChoice = "auto",
  placeholders?: readonly string[],
): ReadPath {
  if (templates === "off" || isLoaded(path)) return { ...unit, finished: true };
  return placeholders ? { ...unit, placeholders } : unit;
}

/** Whether a manager of this machine looks into the folder of a file. */
function isLoaded(path: string): boolean {
  if (!path.startsWith("/") || !path.includes("/systemd/")) return false;
  const place = filePlaceOf(path);
  return place !== undefined && place.root === "" && place.folder !== "";
}
