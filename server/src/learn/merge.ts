import { smallest } from "../text/extremes.ts";
import { byAddress, sorted } from "./gather/written.ts";
import type { AddressNeed, CallNeed, ConfiguredNeed, Needs, PathNeed, Sight } from "./needs.ts";
import { foldingTree, type PathEntries } from "./paths/foldingTree.ts";

const EMPTY_PATH: PathNeed = { used: {}, failed: {}, made: [], names: [] };

/** What no log at all shows. */
export const NO_NEEDS: Needs = {
  logs: [],
  calls: 0,
  began: 0,
  seconds: 0,
  processes: 0,
  paths: {},
  syscalls: {},
  capabilities: {},
  families: {},
  addresses: [],
  programs: {},
  users: {},
  groups: {},
  marks: {},
  unread: { lines: 0, first: undefined },
};

/** What the service was seen to need in either of two runs; times are those since the start of each run. */
export function mergeNeeds(a: Needs, b: Needs): Needs {
  return { ...union(a, b), seconds: a.seconds + b.seconds };
}

/** What a service needed in one run, from the logs of its commands; times count from the first line of all. */
export function joinLogs(logs: readonly Needs[]): Needs {
  const timed = logs.filter(({ began }) => (began ?? 0) > 0);
  const start = smallest(timed.map(({ began = 0 }) => began));
  let joined = NO_NEEDS;
  for (const log of logs) {
    const later = (log.began ?? 0) > 0 ? (log.began ?? 0) - start : 0;
    joined = { ...union(joined, shifted(log, later)), seconds: Math.max(joined.seconds, rounded(log.seconds + later)) };
  }
  return joined;
}

const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

function union(a: Needs, b: Needs): Needs {
  const starts = [a.began ?? 0, b.began ?? 0].filter((began) => began > 0);
  return {
    ...((a.logs ?? b.logs) && { logs: [...new Set([...(a.logs ?? []), ...(b.logs ?? [])])].sort() }),
    calls: a.calls + b.calls,
    began: starts.length === 0 ? 0 : smallest(starts),
    seconds: 0,
    processes: a.processes + b.processes,
    paths: mergedPaths(a.paths, b.paths),
    syscalls: both(a.syscalls, b.syscalls, mergedCalls),
    capabilities: both(a.capabilities, b.capabilities, (x, y) => ({
      sight: mergedSights(x.sight, y.sight),
      reason: isFirst(x.sight, y.sight) ? x.reason : y.reason,
    })),
    families: both(a.families, b.families, mergedSights),
    addresses: mergedAddresses([...a.addresses, ...b.addresses]),
    programs: both(a.programs, b.programs, (x, y) => ({
      sight: mergedSights(x.sight, y.sight),
      privileged: x.privileged || y.privileged,
    })),
    users: both(a.users, b.users, mergedSights),
    groups: both(a.groups, b.groups, mergedSights),
    marks: both(a.marks, b.marks, mergedSights),
    ...((a.configured ?? b.configured) && {
      configured: mergedNames([...(a.configured ?? []), ...(b.configured ?? [])]),
    }),
    // The programs of the later run are those of today.
    ...((b.abilities ?? a.abilities) && { abilities: b.abilities ?? a.abilities }),
    unread: { lines: a.unread.lines + b.unread.lines, first: a.unread.first ?? b.unread.first },
  };
}

function both<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merged: (x: T, y: T) => T,
): Record<string, T> {
  const all = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const known = all.get(key);
    all.set(key, known === undefined ? value : merged(known, value));
  }
  return sorted(all, (value) => value);
}

/** The order of the two does not matter, also where both begin at the same time. */
const isFirst = (a: Sight, b: Sight): boolean =>
  a.first !== b.first ? a.first < b.first : a.at !== b.at ? a.at < b.at : a.sample <= b.sample;

function mergedSights(a: Sight, b: Sight): Sight {
  const { first, at, sample } = isFirst(a, b) ? a : b;
  return { count: a.count + b.count, first, last: Math.max(a.last, b.last), at, sample };
}

function mergedCalls(a: CallNeed, b: CallNeed): CallNeed {
  const sight = a.sight !== undefined && b.sight !== undefined ? mergedSights(a.sight, b.sight) : (a.sight ?? b.sight);
  return { sight, failed: both(a.failed, b.failed, mergedSights) };
}

function mergedAddresses(addresses: readonly AddressNeed[]): readonly AddressNeed[] {
  const all = new Map<string, AddressNeed>();
  for (const need of addresses) {
    const key = [need.use, need.family, need.address, need.port ?? ""].join(" ");
    const known = all.get(key);
    all.set(key, known === undefined ? need : { ...known, sight: mergedSights(known.sight, need.sight) });
  }
  return [...all.values()].sort(byAddress);
}

const mergedNames = (names: readonly ConfiguredNeed[]): readonly ConfiguredNeed[] => [
  ...new Map(names.map((it) => [`${it.use} ${it.name} ${it.file}`, it] as const)).values(),
];

/** A path of the tree while it is put together. */
interface Held {
  need: PathNeed;
}

const HELD: PathEntries<Held> = {
  empty: () => ({ need: EMPTY_PATH }),
  fold: (to, other) => {
    const merged = mergedPath(to.need, { ...other.need, names: [] });
    to.need = { ...merged, folded: 1 + (merged.folded ?? 0) };
  },
};

function mergedPaths(a: Needs["paths"], b: Needs["paths"]): Needs["paths"] {
  const tree = foldingTree(HELD, () => undefined);
  const all = [...Object.entries(a), ...Object.entries(b)];
  // Code is known by its name, also where other files of its folder are not.
  const code = new Map(all.filter(([, it]) => isCode(it)).map(([path]) => [path, EMPTY_PATH] as const));
  for (const [path, { folded }] of all) if (folded !== undefined) tree.close(path);
  for (const [path, need] of all) {
    const known = code.get(path);
    if (known) code.set(path, mergedPath(known, need));
    else {
      const held = tree.at(path);
      held.need = mergedPath(held.need, need);
    }
  }
  const used = new Map([...tree.all()].flatMap(([path, { need }]) => (need === EMPTY_PATH ? [] : [[path, need]])));
  return sorted([...used, ...code], (need) => need);
}

const isCode = ({ used, folded }: PathNeed): boolean =>
  folded === undefined && (used.map !== undefined || used.execute !== undefined);

function mergedPath(a: PathNeed, b: PathNeed): PathNeed {
  const made = new Map(a.made.map(({ mode, sight }) => [mode, sight]));
  for (const { mode, sight } of b.made) {
    const known = made.get(mode);
    made.set(mode, known === undefined ? sight : mergedSights(known, sight));
  }
  const folded = (a.folded ?? 0) + (b.folded ?? 0);
  return {
    used: both(a.used as Readonly<Record<string, Sight>>, b.used as Readonly<Record<string, Sight>>, mergedSights),
    failed: both(a.failed, b.failed, mergedSights),
    made: [...made].sort(([x], [y]) => x - y).map(([mode, sight]) => ({ mode, sight })),
    names: [...new Set([...a.names, ...b.names])].sort().slice(0, 8),
    ...(folded > 0 ? { folded } : {}),
  };
}

/** The same needs seen some seconds later. */
function shifted(needs: Needs, by: number): Needs {
  const sight = (seen: Sight): Sight => ({ ...seen, first: rounded(seen.first + by), last: rounded(seen.last + by) });
  const sights = (map: Readonly<Record<string, Sight>>): Record<string, Sight> => sorted(Object.entries(map), sight);
  return {
    ...needs,
    paths: sorted(Object.entries(needs.paths), (path) => ({
      ...path,
      used: sights(path.used as Readonly<Record<string, Sight>>),
      failed: sights(path.failed),
      made: path.made.map((each) => ({ ...each, sight: sight(each.sight) })),
    })),
    syscalls: sorted(Object.entries(needs.syscalls), (call) => ({
      sight: call.sight === undefined ? undefined : sight(call.sight),
      failed: sights(call.failed),
    })),
    capabilities: sorted(Object.entries(needs.capabilities), (need) => ({ ...need, sight: sight(need.sight) })),
    families: sights(needs.families),
    addresses: needs.addresses.map((need) => ({ ...need, sight: sight(need.sight) })),
    programs: sorted(Object.entries(needs.programs), (need) => ({ ...need, sight: sight(need.sight) })),
    users: sights(needs.users),
    groups: sights(needs.groups),
    marks: sights(needs.marks),
  };
}
