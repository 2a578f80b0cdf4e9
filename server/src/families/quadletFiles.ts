import { directive as unitDirective, directivesIn as unitDirectivesIn } from "../catalog/catalog.ts";
import { quadletDirective, quadletDirectivesIn } from "../catalog/quadletDirectives.ts";
import { quadletSectionFacts, type SectionName, type UnitSectionName } from "../catalog/sections.ts";
import { isQuadletSection, OWN_SECTIONS_OF_QUADLETS, type QuadletFileKind } from "../facts/quadletKinds.ts";
import type { Family } from "./family.ts";
import { type QuadletPath, quadletPath } from "./quadletFiles/quadletPath.ts";
import { dropInFolders, orderDropIns } from "./unitFiles/dropIns.ts";

/** The files that podman's generator makes services of; what it does not read itself it hands to systemd. */
export const QUADLET_FAMILY = {
  name: "quadlets",
  pathOf: quadletPath,
  // [Network] alone may be networkd's.
  pathFromSections: (names) => {
    const kind = KINDS.find((it) => it !== "network" && names.includes(OWN_SECTIONS_OF_QUADLETS[it]));
    return kind && { kind, role: "unit", name: undefined, scope: "system", placed: true };
  },
  content: {
    sectionFacts: (section) => quadletSectionFacts(section as UnitSectionName),
    sectionsOf: ({ kind }) =>
      kind === "quadlets"
        ? ["Unit", ...Object.values(OWN_SECTIONS_OF_QUADLETS), "Service", "Install", "Quadlet"]
        : ["Unit", OWN_SECTIONS_OF_QUADLETS[kind], "Service", "Install", "Quadlet"],
    separateSections: [],
    directive: (section, name) =>
      isQuadletSection(section) ? quadletDirective(section, name) : unitDirective(section, name),
    directivesIn: (section, version) =>
      isQuadletSection(section) ? quadletDirectivesIn(section) : unitDirectivesIn(section, version),
    rules: ["section", "directive", "value", "quadlet", "style"],
  },
  dropIns: {
    foldersOf: dropInFolders,
    judgedWith: dropInFolders,
    inOrder: orderDropIns,
    loadPaths: {
      system: ["run/containers/systemd", "etc/containers/systemd", "usr/share/containers/systemd"],
      user: ["run/user/*/containers/systemd", ".config/containers/systemd", "etc/containers/systemd/users"],
    },
  },
} as const satisfies Family<QuadletPath, SectionName>;

const KINDS = Object.keys(OWN_SECTIONS_OF_QUADLETS) as Exclude<QuadletFileKind, "quadlets">[];
