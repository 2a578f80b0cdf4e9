import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { memo, memoBy } from "../memo.ts";
import { filePlaceOf, treeKey } from "./filePlace.ts";
import { instanceIn, instanceOf, templateOf } from "./target.ts";
import type { PlacedFile, Tree } from "./unitIndex.ts";

/** The files of one unit as a manager picks them for a name. */
export interface UnitFiles {
  /** The unit's main name: that of its file, with the instance filled in. */
  readonly id: string;
  /** The file of the unit, or of its template; undefined where there is none. */
  readonly fragment: PlacedFile | undefined;
  /** Whether the unit is masked: then nothing of it is read. */
  readonly masked: boolean;
  /** The other names of the unit, sorted. */
  readonly aliases: readonly string[];
  /** The drop-ins that count, in the order in which they are read; masked ones stand in for those that they hide. */
  readonly dropIns: readonly PlacedFile[];
  /** The entries of .wants, .requires and .upholds folders that count for it. */
  readonly dependencies: readonly PlacedFile[];
}

/**
 * What a manager that reads this tree loads for a name, kept as long as the tree is. Of a template the files of all its
 * instances are given. Follows unit_file_find_fragment() and unit_file_find_dropin_paths(), systemd 257.
 */
export function loadUnit(tree: Tree, name: string): UnitFiles {
  // Most names that units mention have no file here, and are not worth an answer that is kept.
  const isNothing =
    tree.dropIns.size + tree.dependencies.size === 0 && !tree.units.has(name) && !tree.units.has(templateOf(name));
  return isNothing
    ? { id: name, fragment: undefined, masked: false, aliases: NONE, dropIns: NONE, dependencies: NONE }
    : loadKnown(tree, name);
}

const loadKnown = memoBy(pick);

function pick(tree: Tree, name: string): UnitFiles {
  const fragment = fragmentFor(tree, name);
  const main = fragment ? instanceOf(roleName(fragment), instanceIn(name)) : name;
  // Where the instance of the template has a file of its own, or the template is masked, its name is one of ours, but no more.
  const isMain =
    (main === name || fragmentFor(tree, main) === fragment) && !(fragment?.masks === true && isInstance(name));
  const id = isMain ? main : name;
  const masked = fragment?.masks === true;
  const aliases = fragment && !masked ? aliasesOf(tree, name, fragment) : NONE;
  const names = new Set(main === name && aliases.length === 0 ? NONE : [name, main, ...aliases]);
  names.delete(id);
  const others = names.size === 0 ? NONE : [...names].sort();
  if (masked || tree.dropIns.size + tree.dependencies.size === 0)
    return { id, fragment, masked, aliases: others, dropIns: NONE, dependencies: NONE };
  const stems = stemsFor([id, ...others]);
  /** The files that win first: by name, by load path, by folder; last those of the kind. */
  const of = (lists: Tree["dropIns"]): readonly PlacedFile[] =>
    lists.size === 0 ? NONE : firstOfEach(stems.flatMap((it) => byRank(lists, it)));
  const dependencies = of(tree.dependencies).filter((it) => it.link !== undefined && !it.masks);
  return { id, fragment, masked, aliases: others, dropIns: of(tree.dropIns), dependencies };
}

const NONE: readonly never[] = [];

/** The file of a unit, else that of its template. */
function fragmentFor(tree: Tree, name: string): PlacedFile | undefined {
  const own = resolve(tree, name);
  const found = own ?? (isInstance(name) ? resolve(tree, templateOf(name)) : undefined);
  return found && name.includes("@") === roleName(found).includes("@") ? found : undefined;
}

/** Whether a name leads to a file in a tree, be it by an alias or the template. */
export const leadsToFile = (tree: Tree, name: string): boolean => fragmentFor(tree, name) !== undefined;

const roleName = ({ place: { role } }: PlacedFile): string => role.name;

const isInstance = (name: string): boolean => name.includes("@") && Boolean(instanceIn(name));

/** FOLLOW_MAX, systemd 257. */
const HOPS = 8;

/** Follows the aliases from a name to the file that is read for it. */
function resolve(tree: Tree, name: string): PlacedFile | undefined {
  let at = name;
  for (let hop = 0; hop < HOPS; hop++) {
    const step = stepFrom(tree, at) ?? (hop > 0 && isInstance(at) ? stepFrom(tree, templateOf(at)) : undefined);
    if (step === undefined || typeof step !== "string") return step;
    at = step;
  }
  return undefined;
}

/** What the strongest file of a name is: a file of its own, or an alias of another name; undefined where there is none. */
function stepFrom(tree: Tree, name: string): PlacedFile | string | undefined {
  for (const file of tree.units.get(name) ?? []) {
    const target = file.link === undefined || file.masks ? undefined : targetInside(tree, file, file.link);
    if (target === undefined) return file;
    if (target === name) continue;
    if (mayBeAlias(name, target)) return target;
  }
  return undefined;
}

/** The name that a link leads to where it stays among the files of the tree; a link out of them is a file of its own. */
function targetInside(tree: Tree, file: PlacedFile, link: string): string | undefined {
  const path = link.startsWith("/")
    ? link.startsWith(`${tree.root}/`)
      ? link
      : tree.root + link
    : `${file.place.folder}/${link}`;
  const place = filePlaceOf(normalized(path));
  return place && treeKey(place) === tree.key && place.role.kind === "unit" ? place.role.name : undefined;
}

/** A path without `.` and `..`. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}

const MAY_ALIAS: readonly string[] = ["service", "socket", "target", "device", "timer", "path"];

/** Whether systemd accepts a link of one name to another for an alias. Follows unit_validate_alias_symlink_or_warn(), systemd 257. */
function mayBeAlias(alias: string, target: string): boolean {
  const [a, b] = [parseUnitName(alias), parseUnitName(target)];
  if (!a || !b || a.kind !== b.kind || !MAY_ALIAS.includes(a.kind)) return false;
  if (a.instance === undefined) return b.instance !== "";
  if (a.instance === "") return b.instance === "";
  return b.instance === "" || a.instance === b.instance;
}

/** The names that are links, by the name of the file that is read for them; an instance's by that of the instance. */
const reverse = memo((tree: Tree): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, string[]>();
  for (const [name, files] of tree.units) {
    if (files.every((it) => it.link === undefined)) continue;
    const found = resolve(tree, name);
    if (!found || found.masks || roleName(found) === name) continue;
    const of = instanceOf(roleName(found), instanceIn(name));
    names.set(of, [...(names.get(of) ?? []), name]);
  }
  return names.size === 0 ? NO_NAMES : names;
});

const NO_NAMES: ReadonlyMap<string, readonly string[]> = new Map();

function aliasesOf(tree: Tree, name: string, fragment: PlacedFile): readonly string[] {
  if (reverse(tree).size === 0) return NONE;
  const main = roleName(fragment);
  const instance = instanceIn(name);
  const filled = [...new Set([main, instanceOf(main, instance)])];
  return filled
    .flatMap((it) => reverse(tree).get(it) ?? [])
    .map((alias) => instanceOf(alias, instance))
    .filter((alias) => roleName(fragmentFor(tree, alias) ?? fragment) === main);
}

/** The names of the folders of a unit's names without `.d`, for each name its own, last that of the kind. */
function stemsFor(names: readonly string[]): readonly (readonly string[])[] {
  const kind = names.slice(0, 1).map((it) => it.slice(it.lastIndexOf(".") + 1));
  const stems = names.map((it) => UNIT_FAMILY.dropIns.judgedWith(it).slice(0, -1));
  return [...stems.map((folders) => folders.map((it) => it.slice(0, -".d".length))), kind];
}

function byRank(lists: Tree["dropIns"], stems: readonly string[]): readonly PlacedFile[] {
  const found = stems.flatMap((stem, i) => (lists.get(stem) ?? []).map((file) => ({ file, i })));
  return found.sort((a, b) => a.file.place.rank - b.file.place.rank || a.i - b.i).map(({ file }) => file);
}

/** Of the files of one name the first, sorted by name. */
function firstOfEach(files: readonly PlacedFile[]): readonly PlacedFile[] {
  const chosen = new Map<string, PlacedFile>();
  for (const it of files) if (!chosen.has(roleName(it))) chosen.set(roleName(it), it);
  return [...chosen.values()].sort((a, b) => (roleName(a) < roleName(b) ? -1 : 1));
}
