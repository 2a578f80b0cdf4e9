import { OWN_SECTIONS_OF_QUADLETS } from "../../facts/quadletKinds.ts";
import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { QUADLET_FAMILY } from "../../families/quadletFiles.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { parseQuadletName } from "../../values/quadletName.ts";
import { type FilePlace, type FolderPlace, filePlaceOf } from "./filePlace.ts";
import type { Gathering } from "./gatherAsk.ts";
import { isLoadPath } from "./loadPlace.ts";

/** Something in a folder that was listed, with the load path folder that it counts for. */
export interface LoadPathEntry {
  readonly place: FolderPlace;
  readonly path: string;
  readonly name: string;
  readonly link: boolean;
  /** Of a link to a file of another name that name. */
  readonly leadsTo?: string | undefined;
}

/** What lies in the folders from which the units of one tree are loaded, listed once for all of them. */
export interface LoadPathFolders {
  /** The strongest first. */
  readonly places: readonly FolderPlace[];
  /** Files by the name of the unit that they are for, folders and all else by their own. */
  readonly named: ReadonlyMap<string, readonly LoadPathEntry[]>;
  /** Links by the name of what they lead to. */
  readonly linksTo: ReadonlyMap<string, readonly LoadPathEntry[]>;
}

/** Where to look for the units of a tree. */
export interface PlaceOptions {
  /** The root of another system, whose load path stands after the folder of the file. */
  readonly root?: string;
  /** Whether only the folder of the file is looked into, although it is one of several. */
  readonly alone?: boolean;
  /** The home folder of the user whose units are meant, where the file does not lie in one. */
  readonly home?: string | undefined;
}

/** The load path that a file is read with, the strongest folder first; outside a load path its own folder comes first. */
export function placesAround(own: FilePlace, { root, alone, home }: PlaceOptions): readonly FolderPlace[] {
  if (alone) return [folderOf(own)];
  const base = root?.replace(/\/$/, "") ?? own.root;
  const isInside = isLoadPath(own) && (root === undefined || own.root === base);
  const { loadPaths } = (isQuadlet(own) ? QUADLET_FAMILY : UNIT_FAMILY).dropIns;
  const { scope } = own;
  const users = homeOf(own, loadPaths.user) ?? home;
  const all = (root === undefined && !isInside ? [] : loadPaths[scope]).flatMap((path, rank) => {
    const before = path.startsWith(".") && base === "" ? users : base;
    return path.includes("*") || before === undefined ? [] : { root: base, scope, rank, folder: `${before}/${path}` };
  });
  return isInside ? all : [{ ...folderOf(own), root: base, rank: -1 }, ...all];
}

const folderOf = ({ root, scope, rank, folder }: FolderPlace): FolderPlace => ({ root, scope, rank, folder });

const isQuadlet = ({ role }: FilePlace): boolean =>
  parseQuadletName(role.kind === "unit" ? role.name : role.of) !== undefined;

/** The home folder that a file of a user's own lies in. */
function homeOf({ root, folder }: FolderPlace, paths: readonly string[]): string | undefined {
  const path = root === "" ? paths.find((it) => it.startsWith(".") && folder.endsWith(`/${it}`)) : undefined;
  return path && folder.slice(0, -path.length - 1);
}

/** Lists folders, and finds out where the links in them lead. */
export function* listFolders(places: readonly FolderPlace[]): Gathering<LoadPathFolders> {
  const entries = yield* listEntries(places.map((place) => ({ place, folder: place.folder })));
  const links = entries.filter((it) => it.link);
  const answers = links.length === 0 ? [] : yield links.map(({ path }) => ({ kind: "link", path }));
  const targets = new Map(links.map((it, i) => [it, answers[i]?.link?.split("/").at(-1)]));
  const named = new Map<string, LoadPathEntry[]>();
  const linksTo = new Map<string, LoadPathEntry[]>();
  for (const entry of entries) {
    const target = targets.get(entry);
    const leadsTo = target === entry.name ? undefined : target;
    const placed = leadsTo === undefined ? entry : { ...entry, leadsTo };
    add(named, unitNameOf(placed), placed);
    if (leadsTo !== undefined) add(linksTo, leadsTo, placed);
  }
  return { places, named, linksTo };
}

function add(lists: Map<string, LoadPathEntry[]>, key: string, entry: LoadPathEntry): void {
  const known = lists.get(key);
  if (known) known.push(entry);
  else lists.set(key, [entry]);
}

/** What lies in some folders, each of which counts for one of the load path. */
export function* listEntries(
  folders: readonly { readonly place: FolderPlace; readonly folder: string }[],
): Gathering<LoadPathEntry[]> {
  const answers = folders.length === 0 ? [] : yield folders.map(({ folder }) => ({ kind: "list", folder }));
  return folders.flatMap(({ place, folder }, i) =>
    (answers[i]?.names ?? []).map(({ name, link }) => ({ place, path: `${folder}/${name}`, name, link })),
  );
}

const RENAMING = /(?:^|\/)debian$|(?:^|[/_])dot_/;
const KINDS = [...UNIT_KINDS, ...Object.keys(OWN_SECTIONS_OF_QUADLETS)];
const IS_PLAIN = new RegExp(`\\.(?:${KINDS.join("|")})$`);
const HAS_MORE = new RegExp(`\\.(?:${KINDS.join("|")})\\.`);

/** The name of the unit of a file in a folder, which templates and packaging write otherwise; of other files their own. */
function unitNameOf({ path, name, place }: LoadPathEntry): string {
  const isOther = IS_PLAIN.test(name) ? RENAMING.test(place.folder) : HAS_MORE.test(name);
  const role = isOther ? filePlaceOf(path)?.role : undefined;
  return role?.kind === "unit" ? role.name : name;
}
