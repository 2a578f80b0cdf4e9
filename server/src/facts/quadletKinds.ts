import type { UnitKind } from "./unitKinds.ts";

/** The types of quadlet files, by the suffix of their names, each with the section of its own. */
export const OWN_SECTIONS_OF_QUADLETS = {
  container: "Container",
  pod: "Pod",
  kube: "Kube",
  network: "Network",
  volume: "Volume",
  image: "Image",
  build: "Build",
  artifact: "Artifact",
} as const;

/** The type of a quadlet file; `quadlets` is a file with several of them. */
export type QuadletFileKind = keyof typeof OWN_SECTIONS_OF_QUADLETS | "quadlets";

/** The kind of a unit, or the type of a quadlet. */
export type NamedKind = UnitKind | QuadletFileKind;

/** A section that podman's generator reads: that of a type, or the one about the generator itself. */
export type QuadletSectionName = (typeof OWN_SECTIONS_OF_QUADLETS)[keyof typeof OWN_SECTIONS_OF_QUADLETS] | "Quadlet";

const KINDS: ReadonlySet<string> = new Set([...Object.keys(OWN_SECTIONS_OF_QUADLETS), "quadlets"]);

/** Whether a suffix is that of a quadlet file. */
export const isQuadletKind = (suffix: string): suffix is QuadletFileKind => KINDS.has(suffix);

const SECTIONS: ReadonlySet<string> = new Set([...Object.values(OWN_SECTIONS_OF_QUADLETS), "Quadlet"]);

/** Whether podman's generator reads a section, and systemd does not. */
export const isQuadletSection = (name: string): name is QuadletSectionName => SECTIONS.has(name);
