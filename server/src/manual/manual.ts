import { type Directive, directive } from "../catalog/catalog.ts";
import { largest } from "../text/extremes.ts";
import { directiveIndex, type IndexGroup } from "./directiveIndex.ts";
import { unescapeRoff } from "./escapes.ts";
import type { ManualPage } from "./model.ts";
import { readPage } from "./page.ts";
import { type FoundEntry, type PageIndex, pageIndex } from "./pageIndex.ts";
import type { PageSource } from "./source.ts";

/** The manual of one systemd. Nothing is read before it is asked for, and only the pages' own text is kept. */
export interface Manual {
  /** The systemd that the pages describe; the newest where they differ. */
  readonly version: number;
  /** The pages there are, as `systemd.exec(5)`. */
  readonly pages: readonly string[];
  /** The entry of a directive in a section of a file that a page describes. */
  entry(page: string, section: string | undefined, name: string): FoundEntry | undefined;
  /** The entry of a directive of a unit file, on the page that the catalog names; that of its successor for old names. */
  unitEntry(section: string, name: string): FoundEntry | undefined;
  /** The same of any directive, on the page of its own row; that of its successor on the same page for old names. */
  directiveEntry(directive: Directive): FoundEntry | undefined;
  /** Whether a page is there; asking reads nothing. The section of the manual may be left out. */
  has(name: string, section?: string): boolean;
  /** Whether a page is one of systemd's, there or not: those of commands and functions are in no manual of ours. */
  isOurs(name: string, section: string): boolean;
  /** A whole page; the section of the manual may be left out. */
  page(name: string, section?: string): ManualPage | undefined;
  /** The groups of systemd.directives(7); none where that page is missing. */
  index(): readonly IndexGroup[];
  /** The pages that have an entry for a directive, as `systemd.exec(5)`. */
  pagesWith(name: string): readonly string[];
}

/** Makes a manual of pages in any order; of two with the same name the first one counts. */
export function manualOf(sources: readonly PageSource[]): Manual {
  const pages = new Map<string, PageSource>();
  const byName = new Map<string, PageSource>();
  for (const it of sources) {
    const name = pageName(it);
    if (pages.has(name)) continue;
    pages.set(name, it);
    for (const other of it.names) byName.set(`${other}(${it.section})`, it);
  }
  const indexes = new Map<PageSource, PageIndex>();
  let groups: readonly IndexGroup[] | undefined;
  let listed: ReadonlySet<string> | undefined;

  const exactly = (name: string): PageSource | undefined => pages.get(name) ?? byName.get(name);
  const source = (name: string, section?: string): PageSource | undefined =>
    section === undefined ? (exactly(`${name}(5)`) ?? exactly(`${name}(7)`)) : exactly(`${name}(${section})`);
  const indexOf = (page: PageSource): PageIndex => {
    const index = indexes.get(page) ?? pageIndex(page);
    indexes.set(page, index);
    return index;
  };
  const entry = (page: string, section: string | undefined, name: string): FoundEntry | undefined => {
    const found = source(page);
    return found && indexOf(found).find(name, section);
  };
  const directiveEntry = (known: Directive): FoundEntry | undefined => {
    const { page, section, name } = known;
    const own = page === undefined ? undefined : (entry(page, section, name) ?? entry(page, section, misspelt(name)));
    if (own) return own;
    const next = known.successor ?? (known.alias === undefined ? undefined : { section, name: known.alias });
    if (!next || (next.name === name && next.section === section)) return undefined;
    return (
      unitEntry(next.section, next.name) ?? (page === undefined ? undefined : entry(page, next.section, next.name))
    );
  };
  const unitEntry = (section: string, name: string): FoundEntry | undefined => {
    const known = directive(section, name);
    return known && directiveEntry(known);
  };
  return {
    version: largest(
      sources.map((it) => it.version),
      0,
    ),
    pages: [...pages.keys()],
    entry,
    unitEntry,
    directiveEntry,
    has: (name, section) => source(name, section) !== undefined,
    isOurs(name, section) {
      if (source(name, section)) return true;
      listed ??= pageNames(source("systemd.index", "7"));
      return listed.has(`${name}(${section})`);
    },
    page(name, section) {
      const found = source(name, section);
      return found && readPage(found);
    },
    index() {
      const page = source("systemd.directives", "7");
      groups ??= page ? directiveIndex(page) : [];
      return groups;
    },
    pagesWith: (name) => [...pages.values()].filter((it) => indexOf(it).names.has(name)).map(pageName),
  };
}

/** What systemd.network(5) and systemd.netdev(5) of some versions call a setting that the parser does not know by that name. */
function misspelt(name: string): string {
  return name === "PresumeACK" ? "PresumeAck" : name.replace(/^(IgnoreUserspaceMulticastGroup)s$/, "$1");
}

/** The pages that systemd.index(7) lists. */
function pageNames(index: PageSource | undefined): ReadonlySet<string> {
  const lines = index?.roff.matchAll(/^\\fB(.+)\\fR\((\w+)\)/gm) ?? [];
  return new Set(Array.from(lines, ([, name = "", section]) => `${unescapeRoff(name)}(${section})`));
}

function pageName({ name, section }: PageSource): string {
  return `${name}(${section})`;
}
