import type { SystemdVersion } from "../../facts/version.ts";
import { checkedPath } from "../../families/checkedPath.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import type { LineTable } from "../../syntax/lineTable.ts";
import { parseQuadletName } from "../../values/quadletName.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { LEARNT_SUFFIX, type LearntText, needsPath } from "../learntText.ts";
import { type MainTexts, readUnit } from "../readUnit.ts";
import { asRead } from "../template/finished.ts";
import type { Unit } from "../unit.ts";
import { type FilePlace, filePlaceOf, treeKey } from "./filePlace.ts";
import type { Gathering } from "./gatherAsk.ts";
import {
  type LoadPathEntry,
  type LoadPathFolders,
  listEntries,
  listFolders,
  type PlaceOptions,
  placesAround,
} from "./loadPathFolders.ts";
import { type GatheredFile, movedTo, SeenUnitFiles } from "./seenFiles.ts";
import { instanceIn, instanceOf, templateOf } from "./target.ts";
import type { SeenFile } from "./unitIndex.ts";

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
  /** What was learnt about it, next to its file or one of its drop-ins. */
  readonly learnt?: LearntText | undefined;
  /** Of a file of the network those that are read together with it. */
  readonly beside?: readonly FileBeside[] | undefined;
}

/** Where to look besides the load path that a file itself lies in, and what counts besides what lies there. */
export interface GatherOptions extends PlaceOptions {
  /** A drop-in that counts as well, though it lies elsewhere. */
  readonly extra?: SeenFile;
  /** The text of the file itself, where it is known or another one than on disk. */
  readonly text?: string | undefined;
}

/**
 * Finds the files of the unit that a file belongs to, asking for folders and files as it needs them; undefined for a file
 * that belongs to no single unit, such as a drop-in of all units of a kind.
 */
export function* gather(path: string, options: GatherOptions = {}): Gathering<GatheredUnit | undefined> {
  const own = filePlaceOf(path);
  return own && ownerOf(own) !== undefined
    ? yield* gatherIn(yield* listFolders(placesAround(own, options)), path, options)
    : undefined;
}

/** The same where the folders are listed already. */
export function* gatherIn(
  folders: LoadPathFolders,
  path: string,
  { extra, text }: GatherOptions = {},
): Gathering<GatheredUnit | undefined> {
  const own = filePlaceOf(path);
  const name = own && ownerOf(own);
  if (!own || name === undefined) return undefined;
  const { places } = folders;
  const seen = new SeenUnitFiles(text === undefined ? undefined : { path, text });
  // The file itself may not be on disk yet.
  const home = places.find((it) => it.folder === own.folder) ?? own;
  const names = namesWith(folders, name);
  const files = [...names].flatMap((it) => folders.named.get(it) ?? []).filter((it) => it.path !== path);
  yield* seen.look([...files, { place: home, path, name: own.role.name, link: true }]);
  const { template, ...finished } = seen.knownPlace(path) ?? own;
  // Of a template that is looked at what it becomes counts, and not what was made of it before.
  if (template) seen.move(path, { ...finished, rank: home.rank - 0.5 });
  const key = treeKey(places[0] ?? own);
  const first = seen.load(key, name);
  const inner = [name, ...(first ? [first.id, ...first.aliases] : [])].flatMap(UNIT_FAMILY.dropIns.judgedWith);
  const inside = [...new Set(inner)].flatMap((it) => folders.named.get(it) ?? []);
  const within = yield* listEntries(inside.map(({ place, path: folder }) => ({ place, folder })));
  yield* seen.look(within.filter((it) => it.path !== path));
  const overlaid = extra && movedTo(extra.path, places[0] ?? own);
  if (extra && overlaid) seen.add({ ...extra, place: overlaid });
  const unit = seen.load(key, name);
  if (!unit) return undefined;
  const isService = name.endsWith(".service");
  const learnt = isService ? yield* learntBeside(folders, within, [unit.id, ...names]) : undefined;
  return {
    id: unit.id,
    aliases: unit.aliases,
    scope: own.scope,
    masked: unit.masked,
    fragment: unit.fragment && seen.gathered(unit.fragment.path),
    dropIns: unit.dropIns.map((it) => seen.gathered(it.path)),
    learnt,
  };
}

/** All names that files of a unit may have: its own and that of its template, those that links lead to, and those of links to it. */
function namesWith({ named, linksTo }: LoadPathFolders, name: string): ReadonlySet<string> {
  const kind = name.slice(name.lastIndexOf("."));
  const instance = instanceIn(name);
  const names = new Set([name, templateOf(name)]);
  for (const it of names) {
    const targets = (named.get(it) ?? []).flatMap((entry) => entry.leadsTo ?? []);
    const links = (linksTo.get(it) ?? []).map((entry) => entry.name);
    for (const other of [...targets, ...links])
      if (other.endsWith(kind))
        for (const more of [other, templateOf(other), instanceOf(other, instance)]) names.add(more);
  }
  return names;
}

/** The first file of those of a unit that can be read: its own name counts before those of its template and other names. */
function* learntBeside(
  { named }: LoadPathFolders,
  within: readonly LoadPathEntry[],
  names: readonly string[],
): Gathering<LearntText | undefined> {
  const files = [...new Set(names)].map((it) => `${it}${LEARNT_SUFFIX}`);
  const found = files.flatMap((file) => [...(named.get(file) ?? []), ...within.filter((it) => it.name === file)]);
  const paths = [...new Set(found.map((it) => it.path))];
  const answers = paths.length === 0 ? [] : yield paths.map((path) => ({ kind: "file", path }));
  const [first] = paths.flatMap((path, i) => {
    const text = answers[i]?.text;
    return text === undefined ? [] : [{ path, text }];
  });
  if (!first) return undefined;
  const [needs] = yield [{ kind: "file", path: needsPath(first.path) }];
  return { ...first, needs: needs?.text };
}

/** The unit for one version of systemd; undefined where there is no unit file, or it is masked. */
export function unitOfGathered(gathered: GatheredUnit, version: SystemdVersion, lines?: LineTable): Unit | undefined {
  const { fragment, id, dropIns, masked, scope, learnt } = gathered;
  const path = fragment && checkedPath(fragment.path);
  if (!path || masked) return undefined;
  const texts = dropIns.map((it) => it.text);
  return readUnit({ ...asRead(fragment.path, path), name: id, scope, role: "unit" }, fragment.text, version, {
    dropIns: texts,
    lines,
    learnt,
  });
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
