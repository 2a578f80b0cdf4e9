import { directive, sectionsWith } from "../../catalog/catalog.ts";
import { manualUrl } from "../../catalog/manualLink.ts";
import { quadletDirective } from "../../catalog/quadletDirectives.ts";
import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { QUADLET_SECTIONS } from "../../facts/quadlets/keys.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import { describeDirective } from "../../features/describe.ts";
import { type ManualSource, sourceOf } from "../../features/manual.ts";
import type { FoundEntry } from "../../manual/pageIndex.ts";
import { entryText } from "../../manual/plain.ts";
import { configGroups } from "./configs.ts";
import type { Explanation } from "./layout.ts";

/** What to look up, and in what. */
export interface DirectiveQuery {
  /** A name without the `=`. */
  readonly name: string;
  /** Of the section alone, where one is named. */
  readonly section: string | undefined;
  readonly version: SystemdVersion;
  /** The manual, where there is one. */
  readonly source: Omit<ManualSource, "views"> | undefined;
}

/** A directive of unit files, else a key of quadlets, or of the other files that the manual describes; nothing where it is neither. */
export function explainDirective(query: DirectiveQuery): Explanation[] {
  const { name, section } = query;
  const all = sectionsWith(name);
  const sections = section === undefined ? all : all.filter((it) => it === section);
  if (sections.length > 0) return ofUnits(query, sections);
  if (all.length > 0 && section !== undefined && isSectionName(section)) return [];
  const quadlets = QUADLET_SECTIONS.filter(isQuadletSection).filter((it) => section === undefined || it === section);
  const known = quadlets.filter((it) => quadletDirective(it, name) !== undefined);
  const configs = ofConfigs(query);
  return [...(configs.length > 0 ? configs : ofOtherFiles(query)), ...ofUnits(query, known)];
}

/** Sections of which the same is said stand together. */
function ofUnits({ name, version, source }: DirectiveQuery, sections: readonly SectionName[]): Explanation[] {
  const groups = new Map<string, { readonly sections: SectionName[]; readonly entry: FoundEntry | undefined }>();
  for (const section of sections) {
    const known = isQuadletSection(section) ? quadletDirective(section, name) : directive(section, name);
    if (!known) continue;
    const entry = source?.manual.unitEntry(section, name);
    const [, ...paragraphs] = describeDirective(known, version).plain.split("\n\n");
    const text = paragraphs.join("\n\n");
    const group = groups.get(text);
    if (group) group.sections.push(section);
    else groups.set(text, { sections: [section], entry });
  }
  const shown = new Set<string>();
  return [...groups].map(([text, { sections: all, entry }]) => {
    const key = entry && `${entry.page} ${entry.anchor}`;
    const isNew = key !== undefined && !shown.has(key);
    if (isNew) shown.add(key);
    const manual = entry && source && isNew ? fromManual(entry, name, source) : [];
    return {
      title: `${name}= in ${all.map((it) => `[${it}]`).join(", ")}`,
      parts: [text, ...manual.filter((it) => typeof it !== "string" || !text.includes(it))],
    };
  });
}

/** Settings of which the manual says the same stand below each other, with its text once. */
function ofConfigs(query: DirectiveQuery): Explanation[] {
  const { name, section, version, source } = query;
  const shown = new Set<string>();
  return configGroups(name, section, version).map(({ directive: known, title, text }) => {
    const entry = source?.manual.directiveEntry(known);
    const key = entry && `${entry.page} ${entry.anchor}`;
    const isNew = key !== undefined && !shown.has(key);
    if (isNew) shown.add(key);
    return { title, parts: [text, ...(entry && source && isNew ? fromManual(entry, name, source) : [])] };
  });
}

function ofOtherFiles({ name, section, source }: DirectiveQuery): Explanation[] {
  if (!source) return [];
  const pages = source.manual.pagesWith(name).filter((it) => it !== "systemd.directives(7)");
  const entries = pages.flatMap((it) => source.manual.entry(it.replace(/\(\w+\)$/, ""), section, name) ?? []);
  return entries.map((it) => ({
    title: `${name}= in ${it.page}(${it.manualSection})`,
    parts: fromManual(it, name, source),
  }));
}

/** The whole entry, and where it stands. */
export function fromManual(entry: FoundEntry, name: string, source: Omit<ManualSource, "views">): Explanation["parts"] {
  const since = entry.since === undefined ? "" : `, since ${entry.since}`;
  const [first] = entry.names;
  const about = first === undefined || entry.names.includes(name) ? "" : ` about ${first}=`;
  return [
    `${entry.page}(${entry.manualSection}) of ${sourceOf(source)}, under “${entry.heading}”${since}${about}:`,
    entry.scope === "system" ? "Only for system services." : undefined,
    (width) => entryText(entry, { width }),
    manualUrl(entry.page, entry.anchor || undefined, source.manual.version),
  ];
}
