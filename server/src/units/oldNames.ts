import type { DirectiveName } from "../catalog/catalog.ts";

const OLD_NAMES: ReadonlyMap<DirectiveName, DirectiveName> = new Map([
  ["ReadWritePaths", "ReadWriteDirectories"],
  ["ReadOnlyPaths", "ReadOnlyDirectories"],
  ["InaccessiblePaths", "InaccessibleDirectories"],
]);

const NAMES = new Map<DirectiveName, readonly DirectiveName[]>();

/** A path setting with the old name that systemd still takes for it, of which it makes one list. */
export function withOldName(name: DirectiveName): readonly DirectiveName[] {
  const known = NAMES.get(name);
  if (known) return known;
  const old = OLD_NAMES.get(name);
  const names = old === undefined ? [name] : [name, old];
  NAMES.set(name, names);
  return names;
}

/** The old names of path settings, with the names of today. */
export const NEW_NAMES: ReadonlyMap<DirectiveName, DirectiveName> = new Map(
  [...OLD_NAMES].map(([name, old]) => [old, name]),
);
