import { inlineText } from "./inline.ts";
import type { Manual } from "./manual.ts";
import type { ManualBlock, ManualEntry, ManualPage } from "./model.ts";

/** One name of systemd.directives(7) where a page describes it. */
export interface NameRow {
  /** A directive with its `=`, an option, a variable, a path. */
  readonly name: string;
  /** The title of its group in systemd.directives(7), or of the part of the page. */
  readonly group: string;
  /** The heading above it on the page. */
  readonly heading?: string;
  /** The version of systemd that brought it. */
  readonly since?: number;
  /** The id of its entry; missing where the page has no entry of that name, or is not in the manual. */
  readonly anchor?: string;
}

/** The names that one page describes. */
export interface PageRows {
  /** The page and its section of the manual, as `systemd.exec(5)`. */
  readonly page: string;
  readonly rows: readonly NameRow[];
}

/** The pages about unit files come first, in this order. */
const FIRST = [
  ...["systemd.unit", "systemd.service", "systemd.exec", "systemd.resource-control", "systemd.kill", "systemd.socket"],
  ...["systemd.timer", "systemd.path", "systemd.mount", "systemd.automount", "systemd.swap", "systemd.slice"],
  ...["systemd.scope", "systemd.target", "systemd.device"],
].map((it) => `${it}(5)`);

/** All names that systemd.directives(7) lists, page by page; each page is read when it is the next, so that others may work between. */
export function* manualRows(manual: Manual): Generator<PageRows> {
  const wanted = namesByPage(manual);
  if (wanted.size === 0) for (const it of manual.pages) wanted.set(it, new Map());
  const pages = [...wanted.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const page of pages) {
    const groups = wanted.get(page) ?? new Map<string, string>();
    const read = pageNamed(manual, page);
    const found = read ? rowsOf(read, groups) : [];
    const known = new Set(found.map((it) => it.name));
    const missing = [...groups].filter(([name]) => !known.has(name)).map(([name, group]) => ({ name, group }));
    const all = [...found, ...missing].map((it) => ({ ...it, name: it.name.replace(/^"(.*)"$/, "$1") }));
    const rows = all.sort((a, b) => kind(a.name) - kind(b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (rows.length > 0) yield { page, rows };
  }
}

/** The groups of the names of each page. */
function namesByPage(manual: Manual): Map<string, Map<string, string>> {
  const pages = new Map<string, Map<string, string>>();
  for (const { title, names } of manual.index()) {
    for (const { name, pages: on } of names) {
      for (const page of on) {
        const known = pages.get(page);
        if (known) known.set(name, title);
        else pages.set(page, new Map([[name, title]]));
      }
    }
  }
  return pages;
}

/** Those of unit files, then those of sections 5 and 7, then the others. */
function rank(page: string): number {
  const first = FIRST.indexOf(page);
  if (first >= 0) return first;
  return page.endsWith("(5)") ? FIRST.length : page.endsWith("(7)") ? FIRST.length + 1 : FIRST.length + 2;
}

/** Directives come before names of other kinds: options, variables, paths. */
function kind(name: string): number {
  return /^[A-Za-z][\w.-]*=/.test(name) ? 0 : 1;
}

function pageNamed(manual: Manual, page: string): ManualPage | undefined {
  const [, name = "", section = ""] = /^(.+)\((\w+)\)$/.exec(page) ?? [];
  return manual.has(name, section) ? manual.page(name, section) : undefined;
}

/** The entries of a page that are listed in a group; all of its directives where nothing is listed. */
function rowsOf({ sections }: ManualPage, groups: ReadonlyMap<string, string>): NameRow[] {
  const rows = new Map<string, NameRow>();
  for (const { title, blocks } of sections) {
    for (const { names, terms, anchor, since } of entriesIn(blocks)) {
      const all = new Set([...names.map((it) => `${it}=`), ...terms.map(inlineText)]);
      for (const name of all) {
        const group = groups.get(name) ?? (groups.size === 0 && name.endsWith("=") ? title : undefined);
        if (group === undefined) continue;
        const row = { name, group, heading: title, ...(since ? { since } : {}), anchor };
        const key = `${name} ${title}`;
        if (!rows.has(key)) rows.set(key, row);
      }
    }
  }
  return [...rows.values()];
}

function entriesIn(blocks: readonly ManualBlock[]): ManualEntry[] {
  return blocks.flatMap((it) => {
    if (it.kind === "entries") return it.entries.flatMap((entry) => [entry, ...entriesIn(entry.blocks)]);
    if (it.kind === "note") return entriesIn(it.blocks);
    return it.kind === "list" ? it.items.flatMap(entriesIn) : [];
  });
}
