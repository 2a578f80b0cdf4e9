import { isWithin } from "../../values/path.ts";
import { parseUnitName } from "../../values/unitName.ts";
import type { PathStatus } from "../bundle.ts";
import { hostUser, isDirectory } from "../host.ts";
import { type LearnContext, usedAs } from "./learnContext.ts";
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
  const isOwn = ownership(context);
  const sorted = [...host.statuses].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.flatMap(([place, status]) => {
    if (OF_SERVICES.exec(place)?.[0] !== place || !isDirectory(status)) return [];
    if (NOBODYS.test(place) || !isOwn(place, status, used.has(place))) return [];
    if (written.some((it) => isWithin(place, it.place))) return [];
    return [used.get(place) ?? { place, count: 0, paths: [], sights: [] }];
  });
}

/** What many services share. */
const NOBODYS = /^\/run\/(?:user|lock|systemd|shm)$/;

/** Whether a directory is the service's own. */
function ownership({ host, needs, settings, unit, asRoot }: LearnContext) {
  const own = hostUser(host, settings.user);
  const uids = new Set([...Object.keys(needs.users).map(Number), ...(own ? [own.uid] : [])]);
  const gids = new Set([...Object.keys(needs.groups).map(Number), ...(own ? [own.gid] : [])]);
  uids.delete(0);
  gids.delete(0);
  const users = [...uids].flatMap((it) => hostUser(host, it)?.name ?? []);
  const service = parseUnitName(unit.path.name ?? "")?.prefix ?? "";
  const word = /^[A-Za-z]+/.exec(service)?.[0] ?? "";
  return (place: string, { uid, gid, mode }: PathStatus, isUsed: boolean): boolean => {
    const name = place.slice(place.lastIndexOf("/") + 1);
    const mayWrite = uids.has(uid) || (gids.has(gid) && (mode & 0o020) !== 0);
    // What was never used has to bear the name; what was, the beginning.
    const isNamed = isUsed ? word !== "" && name.startsWith(word) : name === service || name === word;
    if (mayWrite) return isUsed || isNamed || users.includes(name);
    return asRoot && uid === 0 && isNamed && !place.startsWith("/etc/");
  };
}
