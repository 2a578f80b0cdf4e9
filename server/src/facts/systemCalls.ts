import { fromReleases } from "./releases.ts";
import {
  CALL_GROUPS,
  FOREIGN,
  KNOWN_GROUP,
  MEMBER_CHANGES,
  OTHERS,
  RESOLVED_SINCE,
  UNLISTED,
  UNRESOLVED,
} from "./systemCallGroups.ts";
import { byVersion, hasCome, holdsIn } from "./version.ts";

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

const callsAmong = (groups: Iterable<readonly string[]>): string[] =>
  [...groups].flat().filter((it) => !it.startsWith("@"));

const split = (names: string): string[] => names.split(" ");

/** What releases after the verified ones brought. */
const LATER = fromReleases(
  (it) => it.calls,
  (group, calls, since) => ({ group, calls, since }),
);

/** All groups with all that each holds in some version. */
const GROUPS: readonly (readonly [group: string, calls: string])[] = [
  ...new Set([...Object.keys(CALL_GROUPS), ...LATER.map((it) => it.group)]),
].map((group) => {
  const known: Readonly<Record<string, string>> = CALL_GROUPS;
  return [group, [known[group] ?? "", ...LATER.flatMap((it) => (it.group === group ? it.calls : []))].join(" ").trim()];
});

/** What a version knows, on x86-64. */
export const systemCalls = byVersion((version): SystemCalls => {
  const missing = new Set<string>();
  for (const { group, calls, ...life } of [...MEMBER_CHANGES, ...LATER])
    if (!holdsIn(life, version)) for (const call of split(calls)) missing.add(`${group} ${call}`);
  const membersOf = (group: string, calls: string) => split(calls).filter((it) => !missing.has(`${group} ${it}`));
  const groups = new Map(GROUPS.map(([group, calls]) => [group, membersOf(group, calls)]));
  // A group without members has not come yet.
  for (const [group, members] of groups) if (members.length === 0) groups.delete(group);
  const known = new Set([...callsAmong(groups.values()), ...membersOf("@known", OTHERS)]);
  for (const call of split(UNLISTED)) known.delete(call);
  if (holdsIn(KNOWN_GROUP, version)) groups.set("@known", [...known]);
  // Which calls libseccomp resolves has nothing to do with the groups.
  const names = new Set([...callsAmong(GROUPS.map(([, calls]) => split(calls))), ...split(OTHERS)]);
  const later = Object.entries(RESOLVED_SINCE).filter(([since]) => !hasCome({ since: Number(since) }, version));
  const unresolved = new Set([UNRESOLVED, ...later.map(([, calls]) => calls)].flatMap(split));
  const foreign = new Set(split(FOREIGN));
  const native = new Set([...names].filter((it) => !unresolved.has(it) && !foreign.has(it)));
  return { groups, names, unresolved, native };
});

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
