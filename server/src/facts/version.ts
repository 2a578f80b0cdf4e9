/** Which systemd the reader's units run on: a version that systemd has released, such as 257 or 262. */
export type SystemdVersion = number;

/** The versions that the facts cover, the oldest first. */
export const VERSIONS: readonly SystemdVersion[] = [257, 258, 259, 260, 261, 262];

/** The newest version that the facts cover, assumed where the reader names none. */
export const NEWEST_VERSION: SystemdVersion = Math.max(...VERSIONS);

/** The oldest version that the facts were verified on; older targets are treated as this one. */
export const OLDEST_VERSION: SystemdVersion = Math.min(...VERSIONS);

/** A fact that holds from `since` to before `until`; where they are missing, in all versions covered. */
export interface Lifetime {
  readonly since?: SystemdVersion;
  readonly until?: SystemdVersion;
}

/** Whether a fact holds in a version. */
export function holdsIn(fact: Lifetime, version: SystemdVersion): boolean {
  return hasCome(fact, version) && version < (fact.until ?? Number.POSITIVE_INFINITY);
}

/** Those of some facts that hold in a version. */
export const thoseIn = <T extends Lifetime>(facts: readonly T[], version: SystemdVersion): readonly T[] =>
  facts.filter((it) => holdsIn(it, version));

/** Whether a version is none before `since`; what has gone since then has come all the same. */
export function hasCome({ since = 0 }: Lifetime, version: SystemdVersion): boolean {
  return since <= version;
}

/** A value that changed: what held at first under 0, and under a version what holds from it on. */
export type PerVersion<T> = Readonly<Record<number, T>> & { readonly 0: T };

/** The value in a version. */
export function valueIn<T>(values: PerVersion<T>, version: SystemdVersion): T {
  let value = values[0];
  // The keys of an object that are numbers come in ascending order.
  for (const since in values) if (Number(since) <= version) value = values[since] ?? value;
  return value;
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
