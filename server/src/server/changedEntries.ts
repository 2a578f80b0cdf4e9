import type { Confinement } from "./confinement.ts";
import type { FileAccess, ListedEntry } from "./fileAccess.ts";
import { pathOfUri } from "./uris.ts";

/** So many changed files may take a while; of so many in one folder it is listed. */
export const MANY_CHANGED = 32;

/** Which of many changed files are no links: a look at their folder shows it sooner than one at each of them. */
export async function changedEntries(
  uris: readonly string[],
  { files, confinement }: { readonly files: FileAccess; readonly confinement: Confinement },
): Promise<ReadonlyMap<string, ListedEntry>> {
  const found = new Map<string, ListedEntry>();
  for (const [folder, inside] of byFolder(uris)) {
    const isWorth = inside.length >= MANY_CHANGED && files.reach(folder) === "near";
    if (!isWorth || (await confinement.whereabouts(folder)) === "outside") continue;
    const listed = new Map((await files.list(folder)).map((it) => [it.name, it]));
    for (const it of inside) {
      const entry = listed.get(pathOfUri(it).slice(pathOfUri(folder).length + 1));
      if (entry) found.set(it, entry);
    }
  }
  return found;
}

function byFolder(uris: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const it of uris) {
    const folder = it.slice(0, it.lastIndexOf("/"));
    const entries = folders.get(folder);
    if (entries) entries.push(it);
    else folders.set(folder, [it]);
  }
  return folders;
}
