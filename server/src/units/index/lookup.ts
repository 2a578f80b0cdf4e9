import { isQuadletKind } from "../../facts/quadletKinds.ts";
import type { UnitKind } from "../../facts/unitKinds.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { parseQuadletName, quadletsFor, serviceOf } from "../../values/quadletName.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { memo, memoBy } from "../memo.ts";
import type { Mention } from "./contents.ts";
import { filePlaceOf, treeKey } from "./filePlace.ts";
import { loadUnit, type UnitFiles } from "./load.ts";
import { nearestTree } from "./nearestTree.ts";
import { templateOf, unitMeantBy } from "./target.ts";
import type { IndexedFile, Tree, UnitIndex } from "./unitIndex.ts";

/** A unit that has a file, with the tree that it was found in. */
export interface FoundUnit extends UnitFiles {
  readonly tree: Tree;
}

/** A file that names a unit: in a setting, or by being an entry of a .wants, .requires or .upholds folder. */
export interface Reference {
  readonly path: string;
  /** The unit that the file belongs to; of a drop-in, what its folder is named after. */
  readonly from: string;
  readonly directive: string;
  /** The unit that is meant; the template where the instance is open. */
  readonly target: string;
  /** Where it stands; missing where the file is itself the reference. */
  readonly mention?: Mention;
}

/** The trees of a scope from the point of view of a file: its own one, then those that lie nearest to it, the machine last. */
export const treesAround = ({ trees }: UnitIndex, near: string): readonly Tree[] => treesNear(trees, near);

const treesNear = memoBy((trees: UnitIndex["trees"], near: string) => {
  const place = filePlaceOf(near);
  return treesByDistance(trees, `${place?.scope ?? "system"}:${place?.root ?? near}`);
});

/** What all files of one tree see; `from` is its key, or that of the tree that a file would be in. */
const treesByDistance = memoBy((all: UnitIndex["trees"], from: string): readonly Tree[] => {
  const scope = from.slice(0, from.indexOf(":"));
  const folder = from.slice(scope.length + 1);
  const trees = [...all.values()].filter((it) => it.scope === scope);
  const closeness = new Map(
    trees.map((it) => [it, it.key === from ? Number.POSITIVE_INFINITY : shared(it.root, folder)]),
  );
  return trees.sort((a, b) => (closeness.get(b) ?? 0) - (closeness.get(a) ?? 0) || (a.key < b.key ? -1 : 1));
});

/** How many folders from the root on two paths share; the machine has none. */
function shared(root: string, folder: string): number {
  const [a, b] = [root.split("/"), folder.split("/")];
  const differ = a.findIndex((part, i) => part !== b[i]);
  return root === "" ? 0 : differ < 0 ? a.length : differ;
}

/** The unit that a name means to a reader of a file: that of its own tree if it has one, else of the nearest other tree. */
export function findUnit(index: UnitIndex, name: string, near: string): FoundUnit | undefined {
  const isUnit = parseUnitName(name) !== undefined;
  if (!isUnit && !parseQuadletName(name)) return undefined;
  const tree = nearestTree(index, name, near);
  if (tree) return { ...loadUnit(tree, name), tree };
  // The generator makes some services of files that are called otherwise.
  for (const it of isUnit && hasQuadlets(index.trees) ? quadletsFor(name) : []) {
    const from = nearestTree(index, it, near);
    if (from) return { ...loadUnit(from, it), tree: from };
  }
  return undefined;
}

/** Whether there is any quadlet; most machines have none, and names without a file are asked for often. */
const hasQuadlets = memo((trees: UnitIndex["trees"]): boolean =>
  [...trees.values()].some((tree) =>
    [...tree.units.keys()].some((it) => isQuadletKind(it.slice(it.lastIndexOf(".") + 1))),
  ),
);

/** The file that a name leads to, the file of the template for an instance without one of its own. */
export function fragmentOf(index: UnitIndex, name: string, near: string): IndexedFile | undefined {
  const found = findUnit(index, name, near)?.fragment;
  return found && index.files.get(found.path);
}

/** The drop-ins of a unit in their order, also where only drop-ins of it can be seen. */
export function dropInsOf(index: UnitIndex, name: string, near: string): readonly IndexedFile[] {
  const files = findUnit(index, name, near) ?? withoutFragment(index, name, near);
  return (files?.dropIns ?? []).flatMap((it) => index.files.get(it.path) ?? []);
}

/** What the nearest tree has for a unit without a file of its own. */
function withoutFragment(index: UnitIndex, name: string, near: string): UnitFiles | undefined {
  const place = filePlaceOf(near);
  const own = (place && index.trees.get(treeKey(place))) ?? treesAround(index, near)[0];
  return own && loadUnit(own, name);
}

/** What the files of a unit name, in the order in which they are read, then its .wants, .requires and .upholds entries. */
export function referencesFrom(index: UnitIndex, name: string, near: string): readonly Reference[] {
  const unit = findUnit(index, name, near);
  if (!unit || unit.masked) return [];
  const files = [...(unit.fragment ? [unit.fragment] : []), ...unit.dropIns, ...unit.dependencies];
  return files.flatMap(({ path }) => {
    const file = index.files.get(path);
    return file ? referencesIn(file, unit.id) : [];
  });
}

/** What one file names; `of` is the unit that it is read for, where that is not what its place says. */
export function referencesIn(file: IndexedFile, of?: string): readonly Reference[] {
  return of === undefined || of === ownerOf(file) ? ownReferences(file) : referencesFor(file, of);
}

const ownerOf = ({ placed: { place } }: IndexedFile): string =>
  place.role.kind === "unit" ? place.role.name : place.role.of;

const ownReferences = memo((file: IndexedFile): readonly Reference[] => referencesFor(file, ownerOf(file)));

function referencesFor(file: IndexedFile, from: string): readonly Reference[] {
  const { path, place } = file.placed;
  const { role } = place;
  if (role.kind === "dependency") return [{ path, from, directive: role.relation, target: role.name }];
  return file.mentions.flatMap((mention) => {
    const target = unitMeantBy(mention.written, from);
    return target === undefined ? [] : [{ path, from, directive: mention.directive, target, mention }];
  });
}

/**
 * The files that name a unit under any of its names; of a template also those that name an instance, of an instance also
 * those that name one that is open. Both scopes and all trees count, as a reader looks for all of them.
 */
export function referencesTo(index: UnitIndex, name: string, near: string): readonly Reference[] {
  const unit = findUnit(index, name, near);
  const quadlet = unit && parseQuadletName(unit.id);
  const names = new Set([name, ...(unit ? [unit.id, ...unit.aliases] : []), ...(quadlet ? [serviceOf(quadlet)] : [])]);
  const paths = new Set([...names].flatMap((it) => index.naming.get(templateOf(it)) ?? []));
  return [...paths].sort().flatMap((path) => {
    const file = index.files.get(path);
    return (file ? referencesIn(file) : []).filter(({ target }) => [...names].some((it) => isMeant(target, it)));
  });
}

function isMeant(target: string, name: string): boolean {
  if (target === name) return true;
  const template = templateOf(name);
  return templateOf(target) === template && (target === template || name === template);
}

/** The names of all units of a kind that have a file in any tree around a path, aliases and masked ones too, sorted. */
export function unitsOfKind(index: UnitIndex, kind: UnitKind, near: string): readonly string[] {
  const names = treesAround(index, near).flatMap((tree) => [...tree.units.keys()]);
  return [...new Set(names)].filter((it) => it.endsWith(`.${kind}`)).sort();
}

/** The units whose file in this tree a drop-in is read for: one unit, or all that its prefix or kind covers; sorted. */
export function unitsOfDropIn(tree: Tree, of: string): readonly string[] {
  if (tree.units.has(of)) return [of];
  const kind = of.slice(of.lastIndexOf(".") + 1);
  return [...tree.units.keys()]
    .filter((name) => name.endsWith(`.${kind}`) && UNIT_FAMILY.dropIns.foldersOf(name).includes(`${of}.d`))
    .sort();
}
