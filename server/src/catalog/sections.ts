import type { ConfigSectionName } from "../facts/configKinds.ts";
import { isQuadletSection, type QuadletSectionName } from "../facts/quadletKinds.ts";

/** What a reader is told about a section. */
export interface SectionFacts {
  /** What its settings are about, one sentence in the third person. */
  readonly summary: string;
  /** The manual page that describes it. */
  readonly page: string;
  /** The id of its heading in the HTML manual, where the page has one. */
  readonly anchor?: string;
  /** Whether it is a former name, which nobody is offered. */
  readonly old?: true;
}

/** All sections of unit files. */
export const SECTIONS = {
  Unit: {
    summary: "Describes the unit, its dependencies, conditions and ordering.",
    page: "systemd.unit",
    anchor: "[Unit] Section Options",
  },
  Service: {
    summary: "Describes the processes of the service, how they run and what they can access.",
    page: "systemd.service",
  },
  Socket: { summary: "Says where the unit listens and which service it starts on traffic.", page: "systemd.socket" },
  Timer: { summary: "Says when the timer elapses and which unit it starts then.", page: "systemd.timer" },
  Path: { summary: "Says which paths are watched and which unit a change starts.", page: "systemd.path" },
  Mount: { summary: "Describes what is mounted where, and how.", page: "systemd.mount" },
  Automount: { summary: "Says which path is mounted on first access.", page: "systemd.automount" },
  Swap: { summary: "Says which device or file the kernel swaps to.", page: "systemd.swap" },
  Slice: { summary: "Limits the resources of all units inside the slice together.", page: "systemd.slice" },
  Scope: { summary: "Limits a group of processes that systemd did not start itself.", page: "systemd.scope" },
  Target: { summary: "Has no settings: a target only groups other units.", page: "systemd.target" },
  Device: { summary: "Has no settings: device units come from udev.", page: "systemd.device" },
  Install: {
    summary: "Describes what `systemctl enable` links; the manager itself does not read it.",
    page: "systemd.unit",
    anchor: "[Install] Section Options",
  },
} as const satisfies Record<string, SectionFacts>;

/** A section that systemd reads in some kind of unit. */
export type UnitSectionName = keyof typeof SECTIONS;

/** A section that some family of files has. */
export type SectionName = UnitSectionName | QuadletSectionName | ConfigSectionName;

/** What is known about a section of a unit. */
export const sectionFacts = (name: UnitSectionName): SectionFacts => SECTIONS[name];

/** What is known about a section of a quadlet, those of the unit that it becomes among them. */
export function quadletSectionFacts(name: UnitSectionName | QuadletSectionName): SectionFacts {
  return isQuadletSection(name) ? { summary: QUADLET_SECTION_FACTS[name], page: QUADLET_PAGE } : SECTIONS[name];
}

/** The manual page of podman about quadlets. */
export const QUADLET_PAGE = "podman-systemd.unit";

const QUADLET_SECTION_FACTS: Readonly<Record<QuadletSectionName, string>> = {
  Container: "Describes a container that podman runs as a service.",
  Pod: "Describes a pod, which containers join with `Pod=`.",
  Kube: "Describes a service that runs what a Kubernetes YAML file asks for.",
  Network: "Describes a network that podman creates for containers.",
  Volume: "Describes a volume that podman creates for containers.",
  Image: "Describes an image that podman pulls before others use it.",
  Build: "Describes an image that podman builds from a Containerfile.",
  Artifact: "Describes an OCI artifact that podman pulls.",
  Quadlet: "Says how the generator treats the file, whatever its type.",
};

/** Whether a name is a section of some kind of unit. */
export function isSectionName(name: string): name is UnitSectionName {
  return Object.hasOwn(SECTIONS, name);
}
