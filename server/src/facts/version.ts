import { RELEASES } from "./releases.ts";

/**
 * Which systemd the reader's units run on: a release such as 257 or 262, with the fixes that its distributions ship. A
 * build that takes over more than fixes, or whose machines differ, lies between two releases (facts/targets.ts).
 */
export type SystemdVersion = number;

/** The oldest version that the facts cover; older targets are treated as this one. */
export const OLDEST_VERSION: SystemdVersion = 239;

/** The newest version that the facts cover, assumed where the reader names none. */
export const NEWEST_VERSION: SystemdVersion = Math.max(262, ...RELEASES.map((it) => it.version));

/** The releases that the facts cover, the oldest first. */
export const VERSIONS: readonly SystemdVersion[] = Array.from(
  { length: NEWEST_VERSION - OLDEST_VERSION + 1 },
  (_, i) => OLDEST_VERSION + i,
);

/** Whether a number is a release that the facts cover. */
export const isVersion = (version: number): boolean => VERSIONS.includes(version);

/** A fact that holds from `since` to before `until`; where they are missing, in all versions covered. */
export interface Lifetime {
  readonly since?: SystemdVersion;
  readonly until?: SystemdVersion;
  /** Where it is the other way round: what a release or a build took over from a later one, or lost before. */
  readonly except?: readonly SystemdVersion[];
}

/** Whether a fact holds in a version. */
export function holdsIn(
  { since = 0, until = Number.POSITIVE_INFINITY, except }: Lifetime,
  version: SystemdVersion,
): boolean {
  return (since <= version && version < until) !== (except?.includes(version) ?? false);
}

/** Those of some facts that hold in a version. */
export const thoseIn = <T extends Lifetime>(facts: readonly T[], version: SystemdVersion): readonly T[] =>
  facts.filter((it) => holdsIn(it, version));

/** Whether a version is none before `since`; what has gone since then has come all the same. */
export function hasCome({ since = 0, except }: Lifetime, version: SystemdVersion): boolean {
  return since <= version !== (except?.includes(version) ?? false);
}

/** The release that a build is made from, which is its own of most versions; for a reader. */
export const releaseOf = (version: SystemdVersion): number => Math.floor(version);

/** A value that changed: what held at first under 0, and under a version what holds from it on. */
export type PerVersion<T> = Readonly<Record<number, T>> & { readonly 0: T };

/** The value in a version. */
export function valueIn<T>(values: PerVersion<T>, version: SystemdVersion): T {
  let last = 0;
  // Builds are no whole numbers, so that their keys do not come in order.
  for (const key in values) if (Number(key) <= version && Number(key) > last) last = Number(key);
  return values[last] ?? values[0];
}

/** Makes something once for each version that is asked for. */
export function byVersion<T>(make: (version: SystemdVersion) => T): (version: SystemdVersion) => T {
  const made = new Map<SystemdVersion, T>();
  return (version) => {
    const known = made.get(version) ?? make(version);
    made.set(version, known);
    return known;
  };
}

/** The versions covered that came after one, the next first. */
export const versionsAfter = (version: SystemdVersion): readonly SystemdVersion[] =>
  VERSIONS.filter((it) => it > version);

/** The versions covered that came before one, the last first. */
export const versionsBefore = (version: SystemdVersion): readonly SystemdVersion[] =>
  VERSIONS.filter((it) => it < version).toReversed();
