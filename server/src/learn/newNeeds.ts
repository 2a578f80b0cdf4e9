import { isWithin } from "../values/path.ts";
import type { AddressNeed, CallNeed, ConfiguredNeed, Needs, PathNeed } from "./needs.ts";
import { FREE_PORTS, ownNumbers } from "./settings/networkSettings.ts";
import { stableName } from "./settings/stableNames.ts";
import { ownPlace } from "./settings/writtenPlaces.ts";

/**
 * What a run needs that is not known from those before. A file that it made itself is not new where it made one like that before: such
 * have another name each time. Nor is an error that no sandbox gives, another peer, or a port that was free.
 */
export function newNeeds(known: Needs, now: Needs): Needs {
  const { logs, configured, abilities, ...rest } = now;
  return {
    ...rest,
    ...(logs && { logs: logs.filter((it) => !known.logs?.includes(it)) }),
    ...(configured && {
      configured: configured.filter((it) => !known.configured?.some((other) => isSameName(it, other))),
    }),
    ...(abilities && !sameAbilities(known, now) && { abilities }),
    paths: newPaths(known, now),
    syscalls: newOf(known.syscalls, now.syscalls, newCall),
    capabilities: newOf(known.capabilities, now.capabilities),
    families: newOf(known.families, now.families),
    addresses: newAddresses(known.addresses, now.addresses),
    programs: newOf(known.programs, now.programs, (a, b) => (b.privileged && !a.privileged ? b : undefined)),
    users: newOf(known.users, now.users),
    groups: newOf(known.groups, now.groups),
    marks: newOf(known.marks, now.marks),
    unread: known.unread.lines > 0 ? { lines: 0, first: undefined } : now.unread,
  };
}

/** Whether there is nothing in them. */
export const isNothing = ({ logs = [], configured = [], addresses, unread, ...needs }: Needs): boolean =>
  logs.length + configured.length === 0 &&
  needs.abilities === undefined &&
  addresses.length === 0 &&
  unread.lines === 0 &&
  RECORDS.every((it) => Object.keys(needs[it]).length === 0);

const RECORDS = [
  ...(["paths", "syscalls", "capabilities", "families"] as const),
  ...(["programs", "users", "groups", "marks"] as const),
] as const;

const sameAbilities = (a: Needs, b: Needs): boolean => JSON.stringify(a.abilities) === JSON.stringify(b.abilities);

const isSameName = (a: ConfiguredNeed, b: ConfiguredNeed): boolean =>
  a.use === b.use && a.name === b.name && a.file === b.file;

type Entries<T> = Readonly<Record<string, T>>;

/** The entries that are not known, and what is new of those that are. */
function newOf<T>(
  known: Entries<T>,
  now: Entries<T>,
  added: (before: T, after: T) => T | undefined = () => undefined,
): Entries<T> {
  return Object.fromEntries(
    Object.entries(now).flatMap(([key, it]) => {
      const before = Object.hasOwn(known, key) ? known[key] : undefined;
      const rest = before === undefined ? it : added(before, it);
      return rest === undefined ? [] : [[key, rest] as const];
    }),
  );
}

/** With these a sandbox answers, or what is there already; others come and go. */
const TELLING: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EROFS", "EAFNOSUPPORT", "ENOSYS", "EEXIST"]);

const newFailures = <T>(known: Entries<T>, now: Entries<T>): Entries<T> =>
  Object.fromEntries(Object.entries(newOf(known, now)).filter(([error]) => TELLING.has(error)));

function newCall(known: CallNeed, now: CallNeed): CallNeed | undefined {
  const sight = known.sight ? undefined : now.sight;
  const failed = newFailures(known.failed, now.failed);
  return sight || Object.keys(failed).length > 0 ? { sight, failed } : undefined;
}

function newPaths(known: Needs, now: Needs): Needs["paths"] {
  const likes = alike(known);
  return Object.fromEntries(
    Object.entries(now.paths).flatMap(([path, need]) => {
      const before = Object.hasOwn(known.paths, path) ? known.paths[path] : undefined;
      const like = before ?? likes(path, stableName({ needs: now }, path));
      const rest = like ? newPath(like, need) : need;
      return rest ? [[path, before ? rest : need] as const] : [];
    }),
  );
}

/** What is new of a path; undefined for nothing. */
function newPath(known: PathNeed, now: PathNeed): PathNeed | undefined {
  const used = newOf(known.used, now.used) as PathNeed["used"];
  const failed = newFailures(known.failed, now.failed);
  const made = now.made.filter((it) => !known.made.some(({ mode }) => mode === it.mode));
  const isNew = Object.keys(used).length + Object.keys(failed).length + made.length > 0;
  return isNew ? { used, failed, made, names: now.names } : undefined;
}

/** What was done with all that was made before and is like a path by its name, or by its folder among the service's own. */
function alike(known: Needs): (path: string, name: string) => PathNeed | undefined {
  const byName = new Map<string, PathNeed>();
  const byFolder = new Map<string, PathNeed>();
  const add = (map: Map<string, PathNeed>, key: string, need: PathNeed): void => {
    const before = map.get(key);
    map.set(key, before ? together(before, need) : need);
  };
  for (const [path, need] of Object.entries(known.paths)) {
    const name = stableName({ needs: known }, path);
    if (name !== path) add(byName, name, need);
    if (need.used.make || need.used.bind) add(byFolder, folderOf(name), need);
  }
  return (path, name) => {
    const isInside = ownPlace(path) !== path && !isWithin(path, "/etc");
    const named = name === path ? undefined : byName.get(name);
    const near = isInside ? byFolder.get(folderOf(name)) : undefined;
    return named && near ? together(named, near) : (named ?? near);
  };
}

/** What was done with either, for whoever asks only whether it was. */
const together = (a: PathNeed, b: PathNeed): PathNeed => ({
  used: { ...a.used, ...b.used },
  failed: { ...a.failed, ...b.failed },
  made: [...a.made, ...b.made.filter((it) => !a.made.some(({ mode }) => mode === it.mode))],
  names: [],
});

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

function newAddresses(known: readonly AddressNeed[], now: readonly AddressNeed[]): readonly AddressNeed[] {
  const names = new Set(known.map(addressName));
  return now.filter((it) => {
    const isNew = !names.has(addressName(it));
    names.add(addressName(it));
    return isNew;
  });
}

function addressName({ use, family, address, port = 0 }: AddressNeed): string {
  const isNamed = use === "listen" || !family.startsWith("AF_INET");
  return [use, family, isNamed ? ownNumbers(family, address) : "", port < FREE_PORTS ? port : "free"].join(" ");
}
