import type { GatheredUnit } from "../units/index/gather.ts";
import { loadedFiles, rivalOf, treeRootOf } from "../units/index/rival.ts";
import { type LoadedFiles, type Loading, loadedText, notLoadedText } from "../units/loadedFiles.ts";
import type { FileAccess } from "./fileAccess.ts";
import { uriOfPath } from "./uris.ts";

/**
 * How systemd loads a file in a load path that may be looked into, seen from its unit; undefined where it is read alone. Paths
 * in a tree are written as they are below it.
 */
export async function loadingOf(
  files: FileAccess,
  path: string,
  unit: GatheredUnit,
): Promise<Loading<GatheredUnit> | undefined> {
  const root = treeRootOf(path);
  const { fragment, masked } = unit;
  // A drop-in may count for a unit of another tree, and a new file is no mask while it has no text.
  if (root === undefined || !fragment || treeRootOf(fragment.path) !== root || (masked && fragment.path === path))
    return undefined;
  const rival = masked ? undefined : rivalOf(path, unit);
  const by = rival !== undefined && !(await isSame(files, rival, path)) ? rival : undefined;
  const shown = (it: string): string => (root !== "" && it.startsWith(`${root}/`) ? it.slice(root.length + 1) : it);
  const found = loadedFiles(unit, by);
  const loaded: LoadedFiles = { ...found, files: found.files.map(shown), by: by && shown(by) };
  const text = loadedText(loaded, shown(path));
  const reason = notLoadedText(loaded);
  return text === undefined ? undefined : { text, reason, instead: by === undefined ? undefined : unit };
}

/** Whether two paths lead to one file, as a link that is another name of a unit does. */
async function isSame(files: FileAccess, a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((it) => files.realPath(uriOfPath(it))));
  return one !== undefined && one === other;
}
