import { directive, sectionsWith } from "../../catalog/catalog.ts";
import { manualUrl } from "../../catalog/manualLink.ts";
import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import { describeDirective } from "../../features/describe.ts";
import { type Shelf, sourceOf } from "../../features/manual.ts";
import type { FoundEntry } from "../../manual/pageIndex.ts";
import { entryText } from "../../manual/plain.ts";
import type { SystemdVersion } from "../../values/version.ts";
import { heading, type Page, paragraphsText } from "./layout.ts";

/** What to look up, and in what. */
export interface DirectiveQuery {
  /** A name without the `=`. */
  readonly name: string;
  /** Of the section alone, where one is named. */
  readonly section: string | undefined;
  readonly version: SystemdVersion;
  /** The manual, where there is one. */
  readonly source: Omit<Shelf, "views"> | undefined;
}

/** A directive of unit files, or of the other files that the manual describes; undefined where it is neither. */
export function explainDirective(query: DirectiveQuery, page: Page): string | undefined {
  const { name, section } = query;
  const all = sectionsWith(name);
  const sections = section === undefined ? all : all.filter((it) => it === section);
  if (sections.length > 0) return ofUnits(query, sections, page);
  return all.length > 0 && section !== undefined && isSectionName(section) ? undefined : ofOtherFiles(query, page);
}

/** Sections of which the same is said stand together. */
function ofUnits({ name, version, source }: DirectiveQuery, sections: readonly SectionName[], page: Page): string {
  const groups = new Map<string, { readonly sections: SectionName[]; readonly entry: FoundEntry | undefined }>();
  for (const section of sections) {
    const known = directive(section, name);
    if (!known) continue;
    const entry = source?.manual.unitEntry(section, name);
    const [, ...said] = describeDirective(known, version).plain.split("\n\n");
    const text = said.join("\n\n");
    const group = groups.get(text);
    if (group) group.sections.push(section);
    else groups.set(text, { sections: [section], entry });
  }
  const shown = new Set<string>();
  return [...groups]
    .map(([text, { sections: all, entry }]) => {
      const title = heading(`${name}= in ${all.map((it) => `[${it}]`).join(", ")}`, page);
      const key = entry && `${entry.page} ${entry.anchor}`;
      const told = key !== undefined && shown.has(key);
      if (key !== undefined) shown.add(key);
      const manual = entry && source && !told ? fromManual(entry, name, source, page) : [];
      return [title, paragraphsText([text], page), ...manual.filter((it) => !text.includes(it))];
    })
    .map((it) => it.join("\n\n"))
    .join("\n\n");
}

function ofOtherFiles({ name, section, source }: DirectiveQuery, page: Page): string | undefined {
  const pages = source?.manual.pagesWith(name).filter((it) => it !== "systemd.directives(7)");
  const entries = (pages ?? []).flatMap((title) => {
    const entry = source?.manual.entry(title.replace(/\(\w+\)$/, ""), section, name);
    return entry ? [entry] : [];
  });
  if (!source || entries.length === 0) return undefined;
  return entries
    .map((it) => {
      const title = heading(`${name}= in ${it.page}(${it.manualSection})`, page);
      return [title, ...fromManual(it, name, source, page)].join("\n\n");
    })
    .join("\n\n");
}

/** The whole entry, and where it stands. */
function fromManual(entry: FoundEntry, name: string, source: Omit<Shelf, "views">, page: Page): string[] {
  const { manual } = source;
  const since = entry.since === undefined ? "" : `, since ${entry.since}`;
  const about = entry.names.includes(name) ? "" : ` about ${entry.names[0] ?? entry.anchor}=`;
  const where = `${entry.page}(${entry.manualSection}) of ${sourceOf(source)}, under “${entry.heading}”${since}${about}:`;
  const scope = entry.scope === "system" ? "Only for system services." : undefined;
  return [
    paragraphsText([where], page),
    ...(scope ? [paragraphsText([scope], page)] : []),
    entryText(entry, { width: page.width }),
    manualUrl(entry.page, entry.anchor || undefined, manual.version),
  ];
}
