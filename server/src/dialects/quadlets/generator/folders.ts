import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import type { QuadletType } from "../../../facts/quadlets/keys.ts";
import { parentFolder } from "./conversion.ts";
import { quadletDropInFolders } from "./dropIns.ts";
import { quadletTypeOf } from "./names.ts";

/** A quadlet file that the generator finds, with the paths of its drop-ins in the order in which they count. */
export interface FoundQuadlet {
  readonly path: string;
  readonly name: string;
  readonly type: QuadletType;
  readonly dropIns: readonly string[];
}

/** Finds the quadlets below some folders: folder by folder, by name, and of a name only the first that can be read. */
export function findQuadlets(
  paths: Iterable<string>,
  folders: readonly string[],
  version: PodmanVersion,
  isReadable: (path: string) => boolean,
): readonly (readonly FoundQuadlet[])[] {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    let folder = parentFolder(path);
    const names = byFolder.get(folder) ?? [];
    names.push(path.slice(path.lastIndexOf("/") + 1));
    byFolder.set(folder, names);
    for (; folder !== "/"; folder = parentFolder(folder)) if (!byFolder.has(folder)) byFolder.set(folder, []);
  }
  const searched = folders.flatMap((root) => {
    const inside = [...byFolder.keys()].filter(
      (it) => it.startsWith(`${root}/`) && !isDropInFolder(it.slice(root.length)),
    );
    return [root, ...inside.filter((it) => it !== root).sort(byParts)];
  });
  const seen = new Set<string>();
  return [...new Set(searched)].map((folder) => {
    const found: FoundQuadlet[] = [];
    for (const name of (byFolder.get(folder) ?? []).toSorted()) {
      const type = quadletTypeOf(name, version);
      if (!type || seen.has(name)) continue;
      const path = `${folder}/${name}`;
      if (isReadable(path)) seen.add(name);
      found.push({ path, name, type, dropIns: dropInsOf(name, searched, byFolder, version) });
    }
    return found;
  });
}

const isDropInFolder = (path: string): boolean => path.split("/").some((it) => it.endsWith(".d"));

/** A folder comes before those in it. */
const byParts = (a: string, b: string): number => (a.replaceAll("/", "\0") < b.replaceAll("/", "\0") ? -1 : 1);

/** Of one name the first folder of the search path counts, there the most specific; then they are sorted by name. */
function dropInsOf(
  name: string,
  searched: readonly string[],
  byFolder: ReadonlyMap<string, readonly string[]>,
  version: PodmanVersion,
): readonly string[] {
  const chosen = new Map<string, string>();
  for (const folder of searched)
    for (const dropIn of quadletDropInFolders(name, version))
      for (const file of byFolder.get(`${folder}/${dropIn}`) ?? [])
        if (file.endsWith(".conf") && !chosen.has(file)) chosen.set(file, `${folder}/${dropIn}/${file}`);
  return [...chosen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}
