import {
  type ConfigSettings,
  configDirective,
  configDirectivesIn,
  configSections,
} from "../../catalog/configDirectives.ts";
import type { SectionName } from "../../catalog/sections.ts";
import type { ConfigKind, ConfigSectionName } from "../../facts/configKinds.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import { lazy } from "../../text/tables.ts";
import type { Family } from "../family.ts";
import { orderDropIns } from "../unitFiles/dropIns.ts";
import { type ConfigPath, configPath, finishedAs } from "./configPath.ts";

/** What a kind of configuration file consists of; its settings are in a table of `data/configs/`. */
export interface ConfigDescription extends ConfigSettings {
  readonly kind: ConfigKind;
  /** The program that reads it. */
  readonly reader: string;
  /** What its sections are about, each a sentence in the third person. */
  readonly sections: Readonly<Record<string, string>>;
  /** Former names of sections, which are read and not offered. */
  readonly old?: readonly string[];
  /** The sections of which each is an object of its own; all others are one section, however often they come. */
  readonly separate?: readonly string[];
  /** The folders below `/` that are searched, the strongest first. */
  readonly folders: readonly string[];
  /** Whether files in a folder `NAME.d` add to it; they do where it says nothing else. */
  readonly hasDropIns?: false;
  /** The families of codes whose rules judge the file besides those about lines and values. */
  readonly rules?: readonly string[];
  /** Whether the program leaves out a section because of what the files say elsewhere. */
  readonly leavesOut?: (files: readonly UnitFile[], section: string) => boolean;
  /** The sections that count as proof of the kind where the place of a file says nothing. */
  readonly proof: readonly string[];
}

/** A family of configuration files with what it is made of. */
export type ConfigFamily = Family<ConfigPath, SectionName> & { readonly description: ConfigDescription } & Required<
    Pick<Family<ConfigPath, SectionName>, "content" | "dropIns">
  >;

/** The folders that systemd's programs read their configuration from, the strongest first. */
export const CONF_FOLDERS = ["etc", "run", "usr/local/lib", "usr/lib"] as const;

/** The same with a folder below each of them. */
export const confFolders = (below: string): readonly string[] => CONF_FOLDERS.map((it) => `${it}/${below}`);

/** Makes the family of a description when it is first asked for: most work is about units. */
export const configFamily = (describe: () => ConfigDescription): (() => ConfigFamily) =>
  lazy(() => familyOfConfig(describe()));

function familyOfConfig(description: ConfigDescription): ConfigFamily {
  const {
    kind,
    page,
    table,
    sections,
    separate = [],
    old = [],
    folders,
    rules = [],
    proof,
    hasDropIns = true,
  } = description;
  const isSection = (name: string): boolean => configSections(table).some((it) => it === name);
  const hasHeadings = kind === "networkd.conf" || !page.endsWith(".conf");
  const ofName = (name: string): readonly string[] => (hasDropIns ? [`${name}.d`] : []);
  return {
    description,
    name: kind,
    pathOf: (path) => {
      const parsed = configPath(path);
      return parsed?.kind === kind ? parsed : undefined;
    },
    pathFromSections: (names) =>
      proof.some((it) => names.includes(it)) && names.every((it) => isSection(it) || it.startsWith("X-"))
        ? { config: kind, kind, role: "unit", name: undefined, scope: "system", placed: false, ...finishedAs(kind) }
        : undefined,
    content: {
      sectionsOf: () => configSections(table),
      ...(description.leavesOut && { leavesOut: description.leavesOut }),
      separateSections: separate as readonly ConfigSectionName[],
      sectionFacts: (section) => ({
        summary: sections[section] ?? "",
        page,
        ...(old.includes(section) ? { old: true } : hasHeadings && { anchor: `[${section}] Section Options` }),
      }),
      directive: (section, name) => configDirective(description, section, name),
      directivesIn: (section, version) => configDirectivesIn(description, section, version),
      rules: ["syntax", "section", "directive", "value", "style", ...rules],
    },
    dropIns: {
      foldersOf: ofName,
      judgedWith: ofName,
      inOrder: orderDropIns,
      loadPaths: { system: folders, user: [] },
    },
  };
}
