import { memo, memoBy } from "../memo.ts";
import { filePlaceOf, treeKey } from "./filePlace.ts";
import { leadsToFile } from "./load.ts";
import { templateOf } from "./target.ts";
import type { Tree, UnitIndex } from "./unitIndex.ts";

type Trees = UnitIndex["trees"];

/**
 * The tree in which a reader of a file finds a unit: its own one, else that which shares most folders with it, the machine
 * last. Each name is looked up once for all files, so that many folders cost no more than their files.
 */
export function nearestTree({ trees }: UnitIndex, name: string, near: string): Tree | undefined {
  const { scope, root } = filePlaceOf(near) ?? { scope: "system", root: near };
  const own = trees.get(treeKey({ scope, root }));
  if (own && leadsToFile(own, name)) return own;
  const { nearest, deepest } = nearestByFolder(trees, `${scope}:${name}`);
  const parts = foldersIn(root);
  for (let count = Math.min(parts.length, deepest); count >= 0; count--) {
    const found = nearest.get(folderKey(parts, count));
    if (found) return found;
  }
  return undefined;
}

/** Whether any tree of the scope of a file has an instance of a template. */
export function hasInstances({ trees }: UnitIndex, template: string, near: string): boolean {
  return templates(trees).has(`${filePlaceOf(near)?.scope ?? "system"}:${template}`);
}

const templates = memo((trees: Trees): ReadonlySet<string> => new Set([...holders(trees).keys()].map(templateOf)));

/** The trees of each scope that have a file of a name, by scope and name. */
const holders = memo((trees: Trees): ReadonlyMap<string, readonly Tree[]> => {
  const found = new Map<string, Tree[]>();
  for (const tree of trees.values()) {
    for (const name of tree.units.keys()) {
      const key = `${tree.scope}:${name}`;
      const known = found.get(key);
      if (known) known.push(tree);
      else found.set(key, [tree]);
    }
  }
  return found;
});

/** Trees by the folders that they lie in or below, and how many folders the deepest of these has; -1 of none. */
interface Nearest {
  readonly nearest: ReadonlyMap<string, Tree>;
  readonly deepest: number;
}

/** Of the trees in which a name leads to a file the first by its key, for each folder that they lie in or below. */
const nearestByFolder = memoBy((trees: Trees, key: string): Nearest => {
  const name = key.slice(key.indexOf(":") + 1);
  const template = `${key.slice(0, -name.length)}${templateOf(name)}`;
  const nearest = new Map<string, Tree>();
  let deepest = -1;
  for (const it of template === key ? [key] : [key, template]) {
    for (const tree of holders(trees).get(it) ?? []) {
      if (!leadsToFile(tree, name)) continue;
      const parts = foldersIn(tree.root);
      // The machine lies next to nothing.
      const depth = tree.root === "" ? 0 : parts.length;
      deepest = Math.max(deepest, depth);
      for (let count = depth; count >= 0; count--) {
        const folder = folderKey(parts, count);
        const known = nearest.get(folder);
        if (!known || tree.key < known.key) nearest.set(folder, tree);
      }
    }
  }
  return { nearest, deepest };
});

/** Trees that share so many folders are equally near: an address that an editor makes up may have any number of them. */
const MOST_FOLDERS = 256;

const foldersIn = (root: string): readonly string[] => root.split("/", MOST_FOLDERS);

const folderKey = (parts: readonly string[], count: number): string => `${count}:${parts.slice(0, count).join("/")}`;
