import type { SystemdVersion } from "../../facts/version.ts";
import { checkedPath } from "../../families/checkedPath.ts";
import { QUADLET_FAMILY } from "../../families/quadletFiles.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { parseQuadletName } from "../../values/quadletName.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { LEARNT_SUFFIX, type LearntText } from "../learntText.ts";
import { asRead } from "../template/finished.ts";
import { type MainTexts, readUnit, type Unit, withLearnt } from "../unit.ts";
import { type FilePlace, filePlaceOf, treeKey } from "./filePlace.ts";
import { loadUnit } from "./load.ts";
import { templateOf } from "./target.ts";
import { EMPTY_INDEX, type SeenFile, type Tree, withChanges } from "./unitIndex.ts";

/** What `gather` wants to know next: the names in a folder, or a file. */
export type Ask = { readonly kind: "list"; readonly folder: string } | { readonly kind: "file"; readonly path: string };

/** The answer: names, of which links are marked; or the text and the target of a link, both missing for what is not there. */
export interface Answer {
  readonly names?: readonly { readonly name: string; readonly link: boolean }[];
  readonly text?: string | undefined;
  readonly link?: string | undefined;
}

/** A file that counts for a unit. */
export interface GatheredFile {
  readonly path: string;
  readonly text: string;
}

/** A file that is read together with another one. */
export interface FileBeside {
  readonly path: string;
  /** Missing where it cannot be read; empty of one that only hides those of its name. */
  readonly text: string | undefined;
}

/** One unit with the files that systemd reads for it. */
export interface GatheredUnit {
  /** Its main name. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly scope: FilePlace["scope"];
  readonly masked: boolean;
  /** Missing where only drop-ins of it can be seen. */
  readonly fragment: GatheredFile | undefined;
  readonly dropIns: readonly GatheredFile[];
  /** What was learnt about it, beside its file or one of its drop-ins. */
  readonly learnt?: LearntText | undefined;
  /** Of a file of the network those that are read together with it. */
  readonly beside?: readonly FileBeside[] | undefined;
}

/** Where to look besides the load path that a file itself lies in. */
export interface GatherOptions {
  /** The root of another system, whose load path stands after the folder of the file. */
  readonly root?: string;
  /** A drop-in that counts as well, though it lies elsewhere. */
  readonly extra?: SeenFile;
  /** Whether only the folder of the file is looked into, although it is one of several. */
  readonly alone?: boolean;
}

/** Asks several things at once and goes on with the answers, in the same order. */
export type Gathering<T> = Generator<readonly Ask[], T, readonly Answer[]>;

/**
 * Finds the files of the unit that a file belongs to, asking for folders and files as it needs them; undefined for a file
 * that belongs to no single unit, such as a drop-in of all units of a kind.
 */
export function* gather(path: string, options: GatherOptions = {}): Gathering<GatheredUnit | undefined> {
  const own = filePlaceOf(path);
  const name = own && ownerOf(own);
  if (!own || name === undefined) return undefined;
  const kind = name.slice(name.lastIndexOf("."));
  const places = options.alone ? [own] : placesAround(own, options.root);
  const seen = new Map<string, SeenFile>();
  const listed = yield* list(places.map((place) => ({ place, folder: place.folder })));
  // Links first, as they may be other names of the unit, and the file itself, which may not be on disk yet.
  const home = places.find((it) => it.folder === own.folder) ?? own;
  const self = { place: home, path, name: own.role.name, link: false };
  yield* see([...listed.filter((it) => it.link && it.name.endsWith(kind) && it.path !== path), self], seen);
  const { template, ...finished } = seen.get(path)?.place ?? own;
  // Of a template that is looked at what it becomes counts, and not what was made of it before.
  if (template && seen.has(path))
    seen.set(path, { ...seen.get(path), path, place: { ...finished, rank: home.rank - 0.5 } });
  const wanted = new Set([name, templateOf(name)]);
  for (const it of wanted) {
    const files = listed.filter((entry) => nameOf(entry, kind) === it);
    yield* see(
      files.filter((entry) => !seen.has(entry.path)),
      seen,
    );
    for (const entry of files) {
      const target = seen.get(entry.path)?.link?.split("/").at(-1);
      if (target?.endsWith(kind)) for (const more of [target, templateOf(target)]) wanted.add(more);
    }
  }
  const key = treeKey(places[0] ?? own);
  const treeNow = (): Tree | undefined => withChanges(EMPTY_INDEX, [...seen.values()]).trees.get(key);
  const before = treeNow();
  const first = before && loadUnit(before, name);
  const folders = new Set(
    [name, ...(first ? [first.id, ...first.aliases] : [])].flatMap(UNIT_FAMILY.dropIns.judgedWith),
  );
  const inside = listed.filter((it) => folders.has(it.name)).map(({ place, path: folder }) => ({ place, folder }));
  const within = yield* list(inside);
  yield* see(within, seen);
  const { extra } = options;
  const overlaid = extra && moved(extra.path, places[0] ?? own);
  if (extra && overlaid) seen.set(extra.path, { ...extra, place: overlaid });
  const tree = treeNow();
  if (!tree) return undefined;
  const unit = loadUnit(tree, name);
  const gathered = (at: string): GatheredFile => ({ path: at, text: seen.get(at)?.text ?? "" });
  const learnt = kind === ".service" ? yield* learntBeside([...listed, ...within], unit.id, wanted) : undefined;
  return {
    id: unit.id,
    aliases: unit.aliases,
    scope: own.scope,
    masked: unit.masked,
    fragment: unit.fragment && gathered(unit.fragment.path),
    dropIns: unit.dropIns.map((it) => gathered(it.path)),
    learnt,
  };
}

/** The first file of those of a unit that can be read: its own name counts before those of its template and other names. */
function* learntBeside(
  entries: readonly ListedEntry[],
  id: string,
  names: ReadonlySet<string>,
): Gathering<LearntText | undefined> {
  const files = [id, ...names].map((it) => `${it}${LEARNT_SUFFIX}`);
  const found = files.flatMap((file) => entries.filter((it) => it.name === file)).map((it) => it.path);
  const paths = [...new Set(found)];
  const answers = paths.length === 0 ? [] : yield paths.map((path) => ({ kind: "file", path }));
  return paths.flatMap((path, i) => {
    const text = answers[i]?.text;
    return text === undefined ? [] : [{ path, text }];
  })[0];
}

/** Something in a folder that was listed, with the load path folder that it counts for. */
interface ListedEntry {
  readonly place: FilePlace;
  readonly path: string;
  readonly name: string;
  readonly link: boolean;
}

const RENAMING = /(?:^|\/)debian$|(?:^|[/_])dot_/;

/** The name of the unit of a file in a folder, which templates and packaging write otherwise; of other files their own. */
function nameOf({ path, name, place }: ListedEntry, kind: string): string {
  const isOther = name.endsWith(kind) ? RENAMING.test(place.folder) : name.includes(`${kind}.`);
  const role = isOther ? filePlaceOf(path)?.role : undefined;
  return role?.kind === "unit" ? role.name : name;
}

function* list(folders: readonly { readonly place: FilePlace; readonly folder: string }[]): Gathering<ListedEntry[]> {
  const answers = folders.length === 0 ? [] : yield folders.map(({ folder }) => ({ kind: "list", folder }));
  return folders.flatMap(({ place, folder }, i) =>
    (answers[i]?.names ?? []).map((it) => ({ ...it, place, path: `${folder}/${it.name}` })),
  );
}

function* see(entries: readonly ListedEntry[], seen: Map<string, SeenFile>): Gathering<void> {
  const answers = entries.length === 0 ? [] : yield entries.map(({ path }) => ({ kind: "file", path }));
  for (const [i, { path, place }] of entries.entries()) {
    const { text, link } = answers[i] ?? {};
    const at = moved(path, place);
    if (!at || (text === undefined && link === undefined)) continue;
    const content = { ...(text === undefined ? {} : { text }), ...(link === undefined ? {} : { link }) };
    seen.set(path, { path, place: at, ...content });
  }
}

/** The unit for one version of systemd; undefined where there is no unit file, or it is masked. */
export function unitOfGathered(gathered: GatheredUnit, version: SystemdVersion): Unit | undefined {
  const { fragment, id, dropIns, masked, scope, learnt } = gathered;
  const path = fragment && checkedPath(fragment.path);
  if (!path || masked) return undefined;
  const texts = dropIns.map((it) => it.text);
  return withLearnt(
    readUnit({ ...asRead(fragment.path, path), name: id, scope, role: "unit" }, fragment.text, version, texts),
    learnt,
  );
}

/** The texts of the unit that a drop-in belongs to; undefined where it does not count, or no unit file can be seen. */
export function mainTexts(
  { fragment, id, scope, masked, dropIns, learnt }: GatheredUnit,
  path: string,
): MainTexts | undefined {
  const at = dropIns.findIndex((it) => it.path === path);
  const mainPath = fragment && checkedPath(fragment.path);
  if (!mainPath || at < 0 || masked) return undefined;
  const texts = dropIns.map((it) => it.text);
  return { path: { ...mainPath, name: id, scope }, text: fragment.text, dropIns: texts, at, learnt };
}

/** The one unit or template that a file belongs to. */
function ownerOf({ role }: FilePlace): string | undefined {
  if (role.kind === "unit") return role.name;
  const parts = role.kind === "drop-in" ? (parseUnitName(role.of) ?? parseQuadletName(role.of)) : undefined;
  return parts && !parts.stem.endsWith("-") && !parts.prefix.endsWith("-") ? parts.full : undefined;
}

/** The load path that a file is read with, the strongest folder first; outside a load path its own folder comes first. */
function placesAround(own: FilePlace, root: string | undefined): readonly FilePlace[] {
  const base = root?.replace(/\/$/, "") ?? own.root;
  const isInside = own.root !== own.folder && (root === undefined || own.root === base);
  const { loadPaths } = (isQuadlet(own) ? QUADLET_FAMILY : UNIT_FAMILY).dropIns;
  const paths = root === undefined && !isInside ? [] : loadPaths[own.scope].filter((it) => !it.includes("*"));
  const all = paths.map((path, rank) => ({ ...own, root: base, folder: `${base}/${path}`, rank }));
  return isInside ? all : [{ ...own, root: base, rank: -1 }, ...all];
}

const isQuadlet = ({ role }: FilePlace): boolean =>
  parseQuadletName(role.kind === "unit" ? role.name : role.of) !== undefined;

/** What a path means in a folder that counts as another place. */
function moved(path: string, { root, scope, rank, folder }: FilePlace): FilePlace | undefined {
  const place = filePlaceOf(path);
  return place && { ...place, root, scope, rank, folder };
}
