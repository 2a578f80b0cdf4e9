import { type CheckedPath, checkedPath, isConfigPath } from "../../families/checkedPath.ts";
import type { LoadedFiles } from "../loadedFiles.ts";
import { filePlaceOf } from "./filePlace.ts";
import type { GatheredUnit } from "./gather.ts";
import { configPlaceOf } from "./gatherConfig.ts";
import { isLoadPath } from "./loadPlace.ts";
import type { GatheredFile } from "./seenFiles.ts";

/** Whether a manager or another program of systemd's looks into the folder of a file. */
export const isInLoadPath = (path: string, checked: CheckedPath | undefined): boolean =>
  treeRootOf(path, checked) !== undefined;

/** What stands before the load path of a file, empty on the machine itself; undefined of a file of a repository. */
export function treeRootOf(path: string, checked = checkedPath(path)): string | undefined {
  if (checked && isConfigPath(checked)) return configPlaceOf(path, checked).root;
  const place = filePlaceOf(path);
  return place && isLoadPath(place) ? place.root : undefined;
}

type FileAt = Pick<GatheredFile, "path">;

/** A file that is found for the unit of another one: one that is read instead of it, or the same by another name. */
export function rivalOf(
  path: string,
  { fragment, dropIns }: { readonly fragment?: FileAt | undefined; readonly dropIns: readonly FileAt[] },
): string | undefined {
  if (fragment?.path === path || dropIns.some((it) => it.path === path)) return undefined;
  if (checkedPath(path)?.role !== "drop-in") return fragment?.path;
  const name = path.slice(path.lastIndexOf("/"));
  return dropIns.find((it) => it.path.endsWith(name))?.path;
}

/** How systemd loads a unit, seen from one of its files; `by` is what is read instead of that one. */
export function loadedFiles(
  { id, aliases, fragment, dropIns, masked }: Omit<GatheredUnit, "scope">,
  by: string | undefined,
): LoadedFiles {
  const state = masked ? "masked" : by === undefined ? "loaded" : "overridden";
  const files = [...(fragment ? [fragment] : []), ...dropIns].map((it) => it.path);
  return { name: id, aliases, state, files, by: masked ? undefined : by };
}
