import { words } from "../../service/settings.ts";
import { append } from "../../text/append.ts";
import { directorySettingOf } from "../../units/directories.ts";
import { expandSpecifiers } from "../../units/specifiers.ts";
import { isWithin } from "../../values/path.ts";
import { isDirectory, statusAt } from "../host.ts";
import type { PathNeed, Sight } from "../needs.ts";
import { type LearnContext, usedAs, WRITING } from "./learnContext.ts";
import { canBeListed } from "./listedPaths.ts";
import { stableNames } from "./stableNames.ts";

/** A directory or file that has to stay writable, with what was written there. */
export interface WrittenPlace {
  readonly place: string;
  readonly paths: readonly string[];
  /** How many paths these are, with those that others stand for. */
  readonly count: number;
  readonly sights: readonly Sight[];
}

/** What settings of their own are about, or what every sandbox leaves writable. */
const ELSEWHERE = ["/dev", "/proc", "/sys", "/tmp", "/var/tmp", "/home", "/root", "/run/user"];

/** The places that a service writes, but for those that other settings are about. */
export function writtenPlaces(context: LearnContext): readonly WrittenPlace[] {
  const places = new Map<string, { paths: string[]; count: number; sights: Sight[] }>();
  for (const [path, need] of context.paths) {
    const sights = [...usedAs(need, WRITING), ...madeAgain(context, path, need)];
    if (sights.length === 0 || ELSEWHERE.some((it) => isWithin(path, it))) continue;
    const at = listedFolder(placeOfWrite(context, path));
    const place = places.get(at) ?? { paths: [], count: 0, sights: [] };
    places.set(at, place);
    place.paths.push(path);
    place.count += 1 + (need.folded ?? 0);
    append(place.sights, sights);
  }
  return merged([...places].map(([place, it]) => ({ place, ...it })));
}

/**
 * What was there already when the service wanted to make it, and what it makes where it is missing: below its own directories, its
 * own directory among the state, logs and caches of all, and for root in /run, which a reboot empties.
 */
function madeAgain(context: LearnContext, path: string, need: PathNeed): readonly Sight[] {
  const { failed } = need;
  const { isInside, own } = placeIn(path);
  if (!failed.EEXIST || !/^\/(?:var|run|srv)\//.test(path) || ROOTS.has(path)) return [];
  return isInside || isVolatile(context, own) || wantsDirectory(context, path, need) ? [failed.EEXIST] : [];
}

/** Whether the service wanted to make a directory that a setting such as StateDirectory= could make for it. */
export function wantsDirectory({ host }: LearnContext, path: string, { failed }: PathNeed): boolean {
  const status = failed.EEXIST && statusAt(host, path);
  const { setting, names = [] } = directorySettingOf(path) ?? {};
  if (!status || !isDirectory(status) || names.length !== 1) return false;
  return setting === "StateDirectory" || setting === "CacheDirectory" || setting === "LogsDirectory";
}

/** Whether a path straight in /run is gone after a reboot, and nobody but the service makes it. */
function isVolatile({ asRoot, unit }: LearnContext, path: string): boolean {
  const [, name] = /^\/run\/(?:lock\/)?([^/]+)$/.exec(path) ?? [];
  const declared = words(unit, "RuntimeDirectory").map((it) => expandSpecifiers(unit, it)?.replace(/[:/].*$/s, ""));
  return asRoot && name !== undefined && !declared.includes(name);
}

/** A place that a list of paths can hold: of others the folder. */
const listedFolder = (place: string): string =>
  canBeListed(place) ? place : listedFolder(place.slice(0, place.lastIndexOf("/"))) || "/";

/** Places without those below others. */
function merged(places: readonly WrittenPlace[]): readonly WrittenPlace[] {
  const kept: WrittenPlace[] = [];
  for (const it of places.toSorted((a, b) => (a.place < b.place ? -1 : 1))) {
    const at = kept.findIndex(({ place }) => isWithin(it.place, place));
    const outer = kept[at];
    if (!outer) kept.push(it);
    else
      kept[at] = {
        ...outer,
        paths: [...outer.paths, ...it.paths],
        count: outer.count + it.count,
        sights: [...outer.sights, ...it.sights],
      };
  }
  return kept;
}

/** How many names the directory of a service has below these. */
const DEPTHS: readonly (readonly [root: string, names: number])[] = [
  ["/var/lib/private", 1],
  ["/var/cache/private", 1],
  ["/var/log/private", 1],
  ["/run/lock", 1],
  ["/var/lib", 1],
  ["/var/cache", 1],
  ["/var/log", 1],
  ["/var/spool", 1],
  ["/var/mail", 1],
  ["/var/www", 1],
  ["/var/opt", 1],
  ["/var/local", 1],
  ["/usr/local", 2],
  ["/usr", 2],
  ["/var", 1],
  ["/run", 1],
  ["/etc", 1],
  ["/srv", 1],
  ["/opt", 1],
  ["/mnt", 1],
  ["/media", 2],
];

/** The folders that all share. */
const ROOTS: ReadonlySet<string> = new Set(DEPTHS.map(([root]) => root));

/** The place of a service in which a path lies, by the folders of the system alone. */
export const ownPlace = (path: string): string => placeIn(path).own;

/** The directory of a service in which a path lies, as a whole; where it lies in none, the folder that holds it. */
export function ownFolder(path: string): string {
  const { root, own, isInside } = placeIn(path);
  return isInside && root !== "" ? own : path.slice(0, path.lastIndexOf("/")) || "/";
}

function placeIn(path: string): { readonly root: string; readonly own: string; readonly isInside: boolean } {
  const [root, names] = DEPTHS.find(([it]) => path.startsWith(`${it}/`)) ?? ["", 1];
  const parts = path.slice(root.length + 1).split("/");
  return { root, own: `${root}/${parts.slice(0, names).join("/")}`, isInside: parts.length > names };
}

/**
 * The directory that has to be writable for one path: the service's own below the folders of the system; the folder
 * itself where the service makes or removes its directory, or keeps a file there.
 */
function placeOfWrite(context: LearnContext, path: string): string {
  const { needs, host } = context;
  const { root, own, isInside } = placeIn(path);
  const made = ownEntry(own);
  const status = statusAt(host, own);
  const isFolder = status ? isDirectory(status) : isInside || Boolean(needs.paths[path]?.folded);
  if (isFolder && !made) return own;
  // A single file of settings is written in place; anywhere else others take turns with it, as logs do.
  if (root === "/etc" && !made && own === path) return own;
  return own.slice(0, own.lastIndexOf("/")) || own;

  /** Whether the service made or removed the directory or file itself. */
  function ownEntry(entry: string): boolean {
    const need = Object.hasOwn(needs.paths, entry) ? needs.paths[entry] : undefined;
    if (!need) return false;
    const again = isVolatile(context, entry) && need.failed.EEXIST !== undefined;
    // What was folded into a directory was made in it.
    return again || (!need.folded && usedAs(need, ["make", "remove", "bind"]).length > 0);
  }
}

/** As `writes /run/x.pid`, or `writes below /var/lib/x` where that is more than one path. */
export function writesTo(context: LearnContext, { place, paths, count }: WrittenPlace): string {
  const [only = place, ...more] = stableNames(context, paths);
  return more.length === 0 && count === paths.length && only !== place ? `writes ${only}` : `writes below ${place}`;
}
