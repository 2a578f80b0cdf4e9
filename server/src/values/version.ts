/** Which systemd the reader's units run on: a version that systemd has released, such as 257 or 262. */
export type SystemdVersion = number;

/** The newest version that the facts cover, assumed where the reader names none. */
export const NEWEST_VERSION: SystemdVersion = 262;

/** The oldest version that the facts were verified on; older targets are treated as this one. */
export const OLDEST_VERSION: SystemdVersion = 257;

/** A fact that holds from `since` to before `until`; where they are missing, in all versions covered. */
export interface Lifetime {
  readonly since?: SystemdVersion;
  readonly until?: SystemdVersion;
}

/** Whether a fact holds in a version. */
export function holdsIn(fact: Lifetime, version: SystemdVersion): boolean {
  return (fact.since ?? 0) <= version && version < (fact.until ?? Number.POSITIVE_INFINITY);
}
