import table from "../../../../data/quadlets.json" with { type: "json" };
import { NEWEST_PODMAN, type PodmanVersion } from "../podmanVersions.ts";
import { holdsIn } from "../version.ts";
import type { QuadletKind, QuadletRow } from "./row.ts";

/** A key of a quadlet file. */
export interface QuadletKey extends QuadletRow {
  readonly section: string;
  readonly name: string;
  readonly kind: QuadletKind;
}

/** A type of quadlet file. */
export interface QuadletType {
  /** The extension of its files, such as `container`. */
  readonly extension: string;
  /** The section of its own, such as `Container`. */
  readonly section: string;
  readonly since: PodmanVersion;
  /** What stands between the stem and `.service` in the name of its service. */
  readonly suffix: string;
}

const type = (section: string, since: PodmanVersion, suffix: string): QuadletType => ({
  extension: section.toLowerCase(),
  section,
  since,
  suffix,
});

/** The types of quadlet files. */
export const QUADLET_TYPES: readonly QuadletType[] = [
  type("Container", 4.4, ""),
  type("Volume", 4.4, "-volume"),
  type("Network", 4.4, "-network"),
  type("Kube", 4.4, ""),
  type("Image", 4.8, "-image"),
  type("Pod", 5, "-pod"),
  type("Build", 5.2, "-build"),
  type("Artifact", 5.7, "-artifact"),
];

/** The section that every type may have besides its own. */
export const SHARED_SECTION = "Quadlet";

const ROWS: Readonly<Record<string, Readonly<Record<string, QuadletRow>>>> = table.sections;

/** The sections that the generator reads itself; all others are systemd's. */
export const QUADLET_SECTIONS: readonly string[] = Object.keys(ROWS);

const read = new Map<string, ReadonlyMap<string, QuadletKey>>();

function keysOf(section: string): ReadonlyMap<string, QuadletKey> {
  const known = read.get(section);
  if (known) return known;
  const rows = Object.hasOwn(ROWS, section) ? (ROWS[section] ?? {}) : {};
  const keys = new Map(
    Object.entries(rows).map(([name, row]) => [name, { ...row, section, name, kind: row.read as QuadletKind }]),
  );
  read.set(section, keys);
  return keys;
}

/** A key by its section and name, in whatever version; letter case counts, as it does for the generator. */
export const quadletKey = (section: string, name: string): QuadletKey | undefined => keysOf(section).get(name);

/** The keys of a section that a version knows, in the order of the alphabet. */
export const quadletKeysIn = (section: string, version: PodmanVersion = NEWEST_PODMAN): readonly QuadletKey[] =>
  [...keysOf(section).values()].filter((it) => holdsIn(it, version));
