import { quadletPath } from "../../families/quadletFiles/quadletPath.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import { type CommonTexts, contentsIn } from "./commonTexts.ts";
import { type Contents, contentsOf, NO_CONTENTS, saysSame } from "./contents.ts";
import { type FilePlace, filePlaceOf, treeKey } from "./filePlace.ts";
import { countsInIndex } from "./ownFiles.ts";
import { templateOf, unitMeantBy } from "./target.ts";

/** A file as it was seen; `path` has `/` between its parts and stands for the file from then on. */
export interface SeenFile {
  readonly path: string;
  /** Missing where the file is a link and what it leads to is not there or another file of the index. */
  readonly text?: string;
  /** The text, where it is parsed already. */
  readonly parsed?: UnitFile;
  /** Where a symbolic link leads, as readlink() says. */
  readonly link?: string;
  /** Where it counts, if that is not what its path says. */
  readonly place?: FilePlace;
}

/** A change of one file on disk or in an editor. */
export type FileChange = SeenFile | { readonly path: string; readonly gone: true };

/** What the tree needs to know of a file; the same object as long as only its text changes. */
export interface PlacedFile {
  readonly path: string;
  readonly place: FilePlace;
  readonly link: string | undefined;
  /** Whether it is empty or a link to /dev/null, so that it masks what is weaker. */
  readonly masks: boolean;
}

/** A file with what it says. */
export interface IndexedFile extends Contents {
  readonly placed: PlacedFile;
}

/** The files that one manager reads together, or those of one folder of the workspace. */
export interface Tree {
  readonly key: string;
  readonly root: string;
  readonly scope: FilePlace["scope"];
  /** Unit files by name, the strongest first. */
  readonly units: ReadonlyMap<string, readonly PlacedFile[]>;
  /** Drop-ins by their folder without `.d`, the strongest first. */
  readonly dropIns: ReadonlyMap<string, readonly PlacedFile[]>;
  /** Entries of `NAME.wants/` and similar ones, by NAME. */
  readonly dependencies: ReadonlyMap<string, readonly PlacedFile[]>;
}

/** All files with units; immutable, and each change gives another one that shares what did not change. */
export interface UnitIndex {
  /** By path. */
  readonly files: ReadonlyMap<string, IndexedFile>;
  /** By `treeKey`. */
  readonly trees: ReadonlyMap<string, Tree>;
  /** The paths of the files that name a unit, by its name, of instances by that of their template. */
  readonly naming: ReadonlyMap<string, readonly string[]>;
}

export const EMPTY_INDEX: UnitIndex = { files: new Map(), trees: new Map(), naming: new Map() };

/** The index after some changes; files that no manager reads are skipped. */
export function withChanges(index: UnitIndex, changes: readonly FileChange[], common?: CommonTexts): UnitIndex {
  const files = new Map(index.files);
  const drafts = new Map<string, Draft>();
  const naming = new Lists(index.naming);
  const draftOf = (place: FilePlace): Draft => {
    const key = treeKey(place);
    const draft = drafts.get(key) ?? draftFrom(index.trees.get(key), place);
    drafts.set(key, draft);
    return draft;
  };
  for (const change of changes) {
    const before = files.get(change.path);
    const after = "gone" in change ? undefined : indexed(change, before?.placed, common);
    if (after) files.set(change.path, after);
    else files.delete(change.path);
    const [was, is] = [before ? namesIn(before) : NO_NAMES, after ? namesIn(after) : NO_NAMES];
    for (const name of was) if (!is.has(name)) naming.remove(name, (it) => it === change.path);
    for (const name of is) if (!was.has(name)) naming.add(name, change.path);
    if (before?.placed === after?.placed) continue;
    if (before) draftOf(before.placed.place).remove(before.placed);
    if (after) draftOf(after.placed.place).add(after.placed);
  }
  const trees = drafts.size === 0 ? index.trees : new Map(index.trees);
  if (trees instanceof Map) for (const [key, draft] of drafts) settle(trees, key, draft.tree());
  return { files, trees, naming: naming.map() };
}

/** A file with the text that an editor shows. */
export interface FileText {
  readonly path: string;
  readonly parsed: UnitFile;
}

/** The index after files were edited. */
export function withFileTexts(index: UnitIndex, texts: readonly FileText[]): UnitIndex {
  if (texts.length === 0) return index;
  const changes = texts.map(({ path, parsed }): SeenFile => {
    const link = index.files.get(path)?.placed.link;
    return { path, text: parsed.text, parsed, ...(link === undefined ? {} : { link }) };
  });
  return withChanges(index, changes);
}

/** Whether an edited file says of units what it said before, be it in other places. */
export function saysNothingNew({ files }: UnitIndex, { path, parsed }: FileText): boolean {
  const before = files.get(path);
  return before !== undefined && parsed.text !== "" && !before.placed.masks && saysSame(before, contentsOf(parsed));
}

/** The index after a file was edited; the very same one where the file says nothing new. */
export function withSayings(index: UnitIndex, path: string, parsed: UnitFile): UnitIndex {
  const text = { path, parsed };
  return saysNothingNew(index, text) ? index : withFileTexts(index, [text]);
}

function settle(trees: Map<string, Tree>, key: string, tree: Tree): void {
  if (tree.units.size + tree.dropIns.size + tree.dependencies.size > 0) trees.set(key, tree);
  else trees.delete(key);
}

function indexed(
  { path, text, parsed, link, place: moved }: SeenFile,
  before: PlacedFile | undefined,
  common: CommonTexts | undefined,
): IndexedFile | undefined {
  const place = moved ?? before?.place ?? filePlaceOf(path);
  if (!place) return undefined;
  const content = parsed?.text ?? text;
  if (content !== undefined && !countsInIndex(path, place, content)) return undefined;
  // To podman a link is a quadlet of its own, and so is what is empty (5.4.2).
  const alias = quadletPath(path) ? undefined : link;
  const masks = alias === "/dev/null" || (text === "" && !quadletPath(path));
  const same = before && before.place === place && before.link === alias && before.masks === masks;
  const placed = same ? before : { path, place, link: alias, masks };
  const isRead = place.role.kind !== "dependency";
  const contents = isRead && parsed ? contentsOf(parsed) : isRead && text ? contentsIn(text, common) : NO_CONTENTS;
  return { placed, mentions: contents.mentions, settings: contents.settings, sections: contents.sections };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The names under which a file is found that names units. */
function namesIn({ placed, mentions }: IndexedFile): ReadonlySet<string> {
  const { role } = placed.place;
  if (role.kind === "dependency") return new Set([templateOf(role.name)]);
  const of = role.kind === "unit" ? role.name : role.of;
  const names = new Set<string>();
  for (const { written } of mentions) {
    const target = unitMeantBy(written, of);
    if (target !== undefined) names.add(templateOf(target));
  }
  return names;
}

/** A tree that is being changed. */
interface Draft {
  add(file: PlacedFile): void;
  remove(file: PlacedFile): void;
  tree(): Tree;
}

function draftFrom(tree: Tree | undefined, { root, scope }: FilePlace): Draft {
  const [units, dropIns, dependencies] = [
    new Lists(tree?.units, byStrength),
    new Lists(tree?.dropIns, byStrength),
    new Lists(tree?.dependencies, byStrength),
  ];
  const listsFor = ({ place: { role } }: PlacedFile): readonly [Lists<PlacedFile>, string] =>
    role.kind === "unit" ? [units, role.name] : [role.kind === "drop-in" ? dropIns : dependencies, role.of];
  // What is filled in may become a drop-in of another unit, or of none.
  const isLeftOut = ({ place: { role, template } }: PlacedFile): boolean =>
    role.kind === "drop-in" && template === true;
  return {
    add(file) {
      if (isLeftOut(file)) return;
      const [lists, key] = listsFor(file);
      lists.add(key, file);
    },
    remove(file) {
      if (isLeftOut(file)) return;
      const [lists, key] = listsFor(file);
      lists.remove(key, (it) => it === file);
    },
    tree: () => ({
      key: treeKey({ root, scope }),
      root,
      scope,
      units: units.map(),
      dropIns: dropIns.map(),
      dependencies: dependencies.map(),
    }),
  };
}

/** A template counts after what is finished, and a file that `systemctl edit` will put instead of another one before it. */
function byStrength(a: PlacedFile, b: PlacedFile): number {
  const finished = Number(a.place.template === true) - Number(b.place.template === true);
  return finished || a.place.rank - b.place.rank || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

const NO_LISTS: ReadonlyMap<string, readonly never[]> = new Map();

/** A copy of a map of lists. Invariant: lists of the map that was given are never changed, and no list is empty. */
class Lists<T> {
  readonly #known: ReadonlyMap<string, readonly T[]>;
  readonly #own = new Map<string, T[]>();
  readonly #order: ((a: T, b: T) => number) | undefined;

  constructor(known: ReadonlyMap<string, readonly T[]> = NO_LISTS, order?: (a: T, b: T) => number) {
    this.#known = known;
    this.#order = order;
  }

  add(key: string, item: T): void {
    this.#list(key).push(item);
  }

  remove(key: string, which: (item: T) => boolean): void {
    const list = this.#list(key);
    const at = list.findIndex(which);
    if (at >= 0) list.splice(at, 1);
  }

  /** The map with the changes; the very same where there were none. */
  map(): ReadonlyMap<string, readonly T[]> {
    if (this.#own.size === 0) return this.#known;
    const changed = new Map(this.#known);
    for (const [key, list] of this.#own) {
      if (list.length === 0) changed.delete(key);
      // A copy has no room for more, which takes ten times the memory of one item.
      else changed.set(key, this.#order && list.length > 1 ? list.toSorted(this.#order) : list.slice());
    }
    return changed;
  }

  #list(key: string): T[] {
    const own = this.#own.get(key);
    if (own) return own;
    const list = [...(this.#known.get(key) ?? [])];
    this.#own.set(key, list);
    return list;
  }
}
