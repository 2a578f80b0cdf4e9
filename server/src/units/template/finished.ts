import type { CheckedPath } from "../../families/checkedPath.ts";
import { filePlaceOf } from "../index/filePlace.ts";
import type { ReadPath } from "./templateFile.ts";

/** Whether files may be templates: those may that no manager loads from where they are, or none. */
export type TemplateChoice = "auto" | "off";

/** What a path says about a file with how it is read: where systemd itself reads it, nothing fills it in any more. */
export function asRead(path: string, unit: CheckedPath, templates: TemplateChoice = "auto"): ReadPath {
  return templates === "off" || isLoaded(path) ? { ...unit, finished: true } : unit;
}

/** Whether a manager of this machine looks into the folder of a file. */
function isLoaded(path: string): boolean {
  if (!path.startsWith("/") || !path.includes("/systemd/")) return false;
  const place = filePlaceOf(path);
  return place !== undefined && place.root === "" && place.folder !== "";
}
