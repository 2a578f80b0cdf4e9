import type { NamedKind } from "../facts/quadletKinds.ts";
import type { KeptDirective } from "../units/index/contents.ts";
import { filePlaceOf, treeKey } from "../units/index/filePlace.ts";
import { loadUnit } from "../units/index/load.ts";
import { findUnit, treesAround } from "../units/index/lookup.ts";
import type { IndexedFile, PlacedFile, Tree, UnitIndex } from "../units/index/unitIndex.ts";
import { memo } from "../units/memo.ts";
import { parseQuadletName, serviceOf } from "../values/quadletName.ts";
import { descriptionIn, type ReferenceContext } from "./referenceContext.ts";
import type { KnownUnit } from "./world.ts";

/**
 * The units that a line of a document can name, each once, as it means the nearest of a name: those of its own tree come
 * first, then those of other trees, the machine's last, each tree by name. Those that a link to /dev/null masks are left out.
 */
export function knownUnits({ index, path }: ReferenceContext, kinds?: readonly NamedKind[]): readonly KnownUnit[] {
  const place = filePlaceOf(path);
  const own = place && treeKey(place);
  const met = new Set<string>();
  const found: KnownUnit[] = [];
  for (const tree of treesAround(index, path)) {
    for (const { name: written, file } of listed(tree)) {
      const name = namedAs(written, kinds);
      if (met.has(name) || (kinds && !kinds.some((it) => name.endsWith(`.${it}`)))) continue;
      met.add(name);
      if (file.link === "/dev/null") continue;
      const description = descriptionOf(index, tree, written, file);
      const home = homeOf(tree, file, own, place?.folder);
      found.push({ name, home, folder: file.place.folder, ...(description ? { description } : {}) });
    }
  }
  return found;
}

/** What the files of the workspace say with some directives, each text once; what the machine's say is their own. */
export function settingsNear({ index, path }: ReferenceContext, names: readonly KeptDirective[]): readonly string[] {
  const place = filePlaceOf(path);
  const own = place && treeKey(place);
  const values = treesAround(index, path)
    .filter((it) => it.root !== "" || it.key === own)
    .flatMap((tree) => [...tree.units.values(), ...tree.dropIns.values()].flat())
    .flatMap((file) => (file.path === path ? [] : (index.files.get(file.path)?.settings ?? [])))
    .flatMap((settings) => names.flatMap((it) => settings[it]?.split("\n") ?? []));
  return [...new Set(values)].filter((it) => it !== "");
}

/** A quadlet is named by the service that is made of it, but where quadlets are asked for. */
function namedAs(name: string, kinds: readonly NamedKind[] | undefined): string {
  const quadlet = parseQuadletName(name);
  return quadlet && !kinds?.includes(quadlet.kind) ? serviceOf(quadlet) : name;
}

/** The `Description=` of the unit that a name means, drop-ins included. */
export function descriptionNear(name: string, { index, path }: ReferenceContext): string | undefined {
  const unit = findUnit(index, name, path);
  if (!unit?.fragment || unit.masked) return undefined;
  return descriptionIn(filesAt(index, [unit.fragment, ...unit.dropIns]));
}

/** Of the whole machine only what lies in the document's folder is near to it. */
function homeOf({ key, root }: Tree, file: PlacedFile, own: string | undefined, folder?: string): KnownUnit["home"] {
  if (root === "") return key === own && file.place.folder === folder ? "own" : "machine";
  return key === own ? "own" : "workspace";
}

/** As the unit's file says it; a link says what the file does that it leads to. */
function descriptionOf(index: UnitIndex, tree: Tree, name: string, file: PlacedFile): string | undefined {
  const description = index.files.get(file.path)?.settings.Description;
  if (description !== undefined || file.link === undefined) return description;
  const { fragment } = loadUnit(tree, name);
  return fragment && index.files.get(fragment.path)?.settings.Description;
}

const filesAt = ({ files }: UnitIndex, placed: readonly PlacedFile[]): readonly IndexedFile[] =>
  placed.flatMap((it) => files.get(it.path) ?? []);

/** The strongest file of each name, by name. */
const listed = memo((tree: Tree): readonly { readonly name: string; readonly file: PlacedFile }[] =>
  [...tree.units]
    .flatMap(([name, [file]]) => (file ? [{ name, file }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
);
