import { callsOf, systemCalls } from "../facts/systemCalls.ts";
import { byVersion, type SystemdVersion } from "../facts/version.ts";
import { memoBy } from "../units/memo.ts";

/** A set of system calls as bits, by the place of each call in the list of all that the facts name. */
export type CallSet = Uint32Array;

/** All that a filter needs to know about the calls of a version. */
interface Calls {
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  readonly unresolved: ReadonlySet<string>;
  readonly native: CallSet;
  /** What each group adds to a filter, made when it is first asked for. */
  readonly groups: Map<string, CallSet>;
}

const callsIn = byVersion((version): Calls => {
  const { names, unresolved, native } = systemCalls(version);
  const list = [...names];
  const places = new Map(list.map((name, place) => [name, place]));
  return { names: list, places, unresolved, native: setOf(places, native), groups: new Map<string, CallSet>() };
});

function setOf(places: ReadonlyMap<string, number>, names: Iterable<string>): CallSet {
  const set = new Uint32Array((places.size + 31) >> 5);
  for (const name of names) {
    const place = places.get(name);
    if (place !== undefined) set[place >> 5] = (set[place >> 5] ?? 0) | (1 << (place & 31));
  }
  return set;
}

/** The empty set of a version. */
export function noCalls(version: SystemdVersion): CallSet {
  return new Uint32Array((callsIn(version).names.length + 31) >> 5);
}

/**
 * The calls that a word of a filter stands for: one call, or an `@group` with the groups inside it.
 * Calls that libseccomp does not resolve are left out; undefined for a word that systemd does not know.
 */
export function callsFor(word: string, version: SystemdVersion): CallSet | undefined {
  const calls = callsIn(version);
  const known = calls.groups.get(word);
  if (known) return known;
  const names = word.startsWith("@") ? callsOf(word, version) : calls.places.has(word) ? [word] : undefined;
  const resolved = names && [...names].filter((name) => !calls.unresolved.has(name));
  if (!resolved || (resolved.length === 0 && !word.startsWith("@"))) return undefined;
  const set = setOf(calls.places, resolved);
  calls.groups.set(word, set);
  return set;
}

/** Whether a filter lets a call through; without a filter all are. */
export function letsThrough(
  filter: { readonly allow: boolean; readonly members: CallSet } | undefined,
  call: string,
  version: SystemdVersion,
): boolean {
  if (filter === undefined) return true;
  const isNamed = callsFor(call, version)?.some((bits, i) => (bits & (filter.members[i] ?? 0)) !== 0) ?? false;
  return filter.allow === isNamed;
}

/** Puts calls into a set, or takes them out. */
export function changeCalls(set: CallSet, calls: CallSet, how: "add" | "remove"): void {
  for (let i = 0; i < set.length; i++) {
    const [bits, more] = [set[i] ?? 0, calls[i] ?? 0];
    set[i] = how === "add" ? bits | more : bits & ~more;
  }
}

/** Whether no call is in the set. */
export function hasNoCalls(set: CallSet): boolean {
  return set.every((bits) => bits === 0);
}

/**
 * The place of the first call of a group that x86-64 has and that is in the set (`inside`) or not in it; -1 for none.
 * Follows syscall_names_in_filter(), systemd 257 to 262.
 */
function firstNative(group: string, set: CallSet, inside: boolean, version: SystemdVersion): number {
  const { native } = callsIn(version);
  const members = callsFor(group, version);
  if (!members) return -1;
  for (const [i, bits] of members.entries()) {
    const found = bits & (native[i] ?? 0) & (inside ? (set[i] ?? 0) : ~(set[i] ?? 0));
    if (found !== 0) return i * 32 + 31 - Math.clz32(found & -found);
  }
  return -1;
}

/** Whether a group has a native call inside the set, or outside it. */
export function hasNative(group: string, set: CallSet, inside: boolean, version: SystemdVersion): boolean {
  return firstNative(group, set, inside, version) >= 0;
}

/** The name of such a call, for a message. */
export function nativeExample(group: string, set: CallSet, inside: boolean, version: SystemdVersion): string {
  return callsIn(version).names[firstNative(group, set, inside, version)] ?? group;
}

/**
 * A native call of the set whose sibling for 32 bits, such as `setuid32`, is not in it; undefined where the set holds for
 * both. Seen with 257: systemd denies a call by its name for every architecture, and leaves the sibling alone.
 */
export const unevenCall: (set: CallSet, version: SystemdVersion) => string | undefined = memoBy((set, version) => {
  const { names, places, native, unresolved } = callsIn(version);
  const has = (bits: CallSet, place: number): boolean => (((bits[place >> 5] ?? 0) >>> (place & 31)) & 1) === 1;
  return names.find((name, place) => {
    if (!has(set, place) || !has(native, place)) return false;
    return siblingsOf(name).some((it) => {
      const other = places.get(it);
      return other !== undefined && !unresolved.has(it) && !has(native, other) && !has(set, other);
    });
  });
});

const siblingsOf = (name: string): string[] => (name === "umount2" ? ["umount"] : [`${name}32`, `${name}64`]);
