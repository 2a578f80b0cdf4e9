import { directive, directivesIn } from "../catalog/catalog.ts";
import { type SectionName, sectionFacts, type UnitSectionName } from "../catalog/sections.ts";
import type { Family } from "./family.ts";
import { dropInFolders, judgedDropInFolders, orderDropIns } from "./unitFiles/dropIns.ts";
import { sectionsOf } from "./unitFiles/kinds.ts";
import { LOAD_PATHS } from "./unitFiles/loadPaths.ts";
import { kindFromSections, type UnitPath, unitPath } from "./unitFiles/unitPath.ts";

/** Unit files and their drop-ins, which the service manager reads. */
export const UNIT_FAMILY = {
  name: "units",
  pathOf: unitPath,
  // A new tab is most often a service to be.
  pathFromSections: (names) => ({ kind: kindFromSections(names), role: "unit", name: undefined, scope: "system" }),
  content: {
    sectionFacts: (section) => sectionFacts(section as UnitSectionName),
    sectionsOf: ({ kind }) => sectionsOf(kind),
    separateSections: [],
    directive,
    directivesIn,
    rules: ["syntax", "section", "directive", "value", "unit", "sandbox", "learn", "hardening", "reference", "style"],
  },
  dropIns: { foldersOf: dropInFolders, judgedWith: judgedDropInFolders, inOrder: orderDropIns, loadPaths: LOAD_PATHS },
} as const satisfies Family<UnitPath, SectionName>;
