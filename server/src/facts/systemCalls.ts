import { CHANGES, FOREIGN, GROUPS, NEWER, OTHERS, RESOLVED_LATER, UNLISTED, UNRESOLVED } from "./systemCallGroups.ts";

/** What systemd of a version knows about system calls, on x86-64. */
export interface SystemCalls {
  /** The members of each group as systemd lists them, calls and the groups that it includes, by `@name`. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Every call that some group holds or that libseccomp resolves. */
  readonly names: ReadonlySet<string>;
  /** The calls that libseccomp does not resolve: a filter skips them with a message. */
  readonly unresolved: ReadonlySet<string>;
  /** The calls that x86-64 has; the others resolve to numbers below 0. */
  readonly native: ReadonlySet<string>;
}

const split = (names: string): string[] => names.split(" ");

const CACHE = new Map<boolean, SystemCalls>();

/** The facts for a version; versions between 257 and 262 count as the earlier one. */
export function systemCalls(version: number): SystemCalls {
  const newer = version >= 262;
  const known = CACHE.get(newer);
  if (known) return known;
  const made = build(newer);
  CACHE.set(newer, made);
  return made;
}

function build(newer: boolean): SystemCalls {
  const groups = new Map<string, string[]>(Object.entries(GROUPS).map(([name, members]) => [name, split(members)]));
  for (const { call, group, since } of CHANGES) {
    const members = groups.get(group)?.filter((it) => it !== call) ?? [];
    if ((since !== undefined) === newer) members.push(call);
    groups.set(group, members.sort());
  }
  const others = newer ? [...split(OTHERS), ...split(NEWER)] : split(OTHERS);
  const inGroups = [...groups.values()].flat().filter((it) => !it.startsWith("@"));
  const unlisted = split(UNLISTED);
  const names = new Set([...inGroups, ...others]);
  groups.set(
    "@known",
    [...names].filter((it) => !unlisted.includes(it)),
  );
  const unresolved = new Set(newer ? split(UNRESOLVED) : [...split(UNRESOLVED), ...split(RESOLVED_LATER)]);
  const foreign = new Set(split(FOREIGN));
  const native = new Set([...names].filter((it) => !unresolved.has(it) && !foreign.has(it)));
  return { groups, names, unresolved, native };
}

/** All calls of a group with those of the groups inside it, each once; undefined for an unknown group. */
export function callsOf(group: string, version: number): ReadonlySet<string> | undefined {
  const { groups } = systemCalls(version);
  if (!groups.has(group)) return undefined;
  const calls = new Set<string>();
  const visit = (name: string): void => {
    for (const it of groups.get(name) ?? []) {
      if (it.startsWith("@")) visit(it);
      else calls.add(it);
    }
  };
  visit(group);
  return calls;
}
