import { append } from "../../text/append.ts";
import { isWithin } from "../../values/path.ts";
import { parseUnitName } from "../../values/unitName.ts";
import type { PathStatus } from "../bundle.ts";
import { hostUser, isDirectory, statusAt } from "../host.ts";
import type { PathUse, Sight } from "../needs.ts";
import { type LearnContext, usedAs, WRITING } from "./learnContext.ts";
import { type WrittenPlace, writtenPlaces } from "./writtenPlaces.ts";

/** Where services keep what is theirs; settings that they write themselves belong to their user. */
const OF_SERVICES = /^\/(?:var\/(?:lib|cache|log|spool)|run|etc)\/[\w.@+,=~-]+/;

/**
 * Directories of the service that it did not write: they belong to its user or are named after it or the service, so that it will write
 * there sooner or later, as when it keeps a journal or a key.
 */
export function ownedPlaces(context: LearnContext): readonly WrittenPlace[] {
  const { host } = context;
  const written = writtenPlaces(context);
  const used = new Map<string, WrittenPlace>();
  for (const [path, need] of context.paths) {
    const place = OF_SERVICES.exec(path)?.[0];
    const sights = usedAs(need, ["look", "list", "read", "map", "connect"]);
    if (place === undefined || sights.length === 0) continue;
    const known = used.get(place);
    used.set(place, {
      place,
      count: (known?.count ?? 0) + 1,
      paths: [...(known?.paths ?? []), path],
      sights: [...(known?.sights ?? []), ...sights],
    });
  }
  const isOwn = folderOwnership(context);
  const sorted = [...host.statuses].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const own = sorted.flatMap(([place, status]) => {
    if (OF_SERVICES.exec(place)?.[0] !== place || !isDirectory(status)) return [];
    if (NOBODYS.test(place) || !isOwn(place, status, used.has(place))) return [];
    if (written.some((it) => isWithin(place, it.place))) return [];
    return [used.get(place) ?? { place, count: 0, paths: [], sights: [] }];
  });
  const others = [...written, ...own];
  return [...own, ...workPlaces(context).filter(({ place }) => !others.some((it) => isWithin(place, it.place)))];
}

/** What other settings are about, and what is nobody's. */
const NO_WORK = /^\/(?:(?:dev|proc|sys|tmp|run|var\/tmp)(?:\/|$)|$)/;
const WORK: readonly PathUse[] = ["look", "list", "read", "map", "connect", "execute", ...WRITING];

/** The topmost directories, wherever they lie, that belong to the user of the service and in which it did something. */
export function workPlaces(context: LearnContext): readonly WrittenPlace[] {
  const mayWrite = ownership(context);
  const found = new Map<string, { paths: string[]; sights: Sight[] }>();
  const ownAbove = (path: string): string | undefined => {
    for (let at = path.indexOf("/", 1); ; at = path.indexOf("/", at + 1)) {
      const folder = at < 0 ? path : path.slice(0, at);
      const status = statusAt(context.host, folder);
      if (status && isDirectory(status) && status.real === folder && mayWrite(status)) return folder;
      if (at < 0) return undefined;
    }
  };
  for (const [path, need] of context.paths) {
    const sights = usedAs(need, WORK);
    const place = sights.length === 0 || NO_WORK.test(path) ? undefined : ownAbove(path);
    if (place === undefined) continue;
    const known = found.get(place) ?? { paths: [], sights: [] };
    found.set(place, known);
    known.paths.push(path);
    append(known.sights, sights);
  }
  return [...found].map(([place, it]) => ({ place, count: it.paths.length, ...it }));
}

/** What many services share. */
const NOBODYS = /^\/run\/(?:user|lock|systemd|shm)$/;

/** Whether the users and groups of a service may write a directory without rights of root. */
function ownership({ host, needs, settings }: LearnContext): (status: PathStatus) => boolean {
  const own = hostUser(host, settings.user);
  const uids = new Set([...Object.keys(needs.users).map(Number), ...(own ? [own.uid] : [])]);
  const gids = new Set([...Object.keys(needs.groups).map(Number), ...(own ? [own.gid] : [])]);
  uids.delete(0);
  gids.delete(0);
  return ({ uid, gid, mode }) => (uids.has(uid) && (mode & 0o200) !== 0) || (gids.has(gid) && (mode & 0o020) !== 0);
}

/** What directories of a user are called: users that packages of Debian make begin with an underscore, their directories do not. */
export const folderOfUser = (user: string): string => user.replace(/^_/, "");

/** Whether a directory or file is the service's own: by who may write it, or by its name. */
export function folderOwnership(context: LearnContext) {
  const { host, needs, settings, unit, asRoot } = context;
  const mayWrite = ownership(context);
  const named = [...Object.keys(needs.users), settings.user].flatMap((it) => hostUser(host, it) ?? []);
  const users = named.filter((it) => it.uid !== 0).map((it) => folderOfUser(it.name));
  const service = parseUnitName(unit.path.name ?? "")?.prefix ?? "";
  const word = /^[A-Za-z]+/.exec(service)?.[0] ?? "";
  return (place: string, status: PathStatus, isUsed: boolean): boolean => {
    const name = place.slice(place.lastIndexOf("/") + 1);
    // What was never used has to bear the name; what was, the beginning.
    const isNamed = isUsed ? word !== "" && name.startsWith(word) : name === service || name === word;
    if (mayWrite(status)) return isUsed || isNamed || users.includes(name);
    return asRoot && status.uid === 0 && isNamed && !place.startsWith("/etc/");
  };
}
