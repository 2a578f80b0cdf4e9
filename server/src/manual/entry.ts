import { inlineText } from "./inline.ts";
import type { ManualBlock, ManualEntry, Scope } from "./model.ts";
import { readTerms } from "./terms.ts";

/** Takes the sentences that are data out of an entry's own blocks. */
export function makeEntry(line: string, anchor: string, blocks: readonly ManualBlock[]): ManualEntry {
  const { terms, names } = readTerms(line);
  let since: number | undefined;
  let scope: Scope | undefined;
  const kept = blocks.filter((it) => {
    if (it.kind !== "paragraph") return true;
    const text = inlineText(it.content);
    const version = /^Added in version (\d+)\.$/.exec(text)?.[1];
    if (version) since = Number(version);
    const ownScope = scopeOf(text);
    if (ownScope) scope = ownScope;
    return !version && !ownScope;
  });
  return { terms, names, anchor, ...(since ? { since } : {}), ...(scope ? { scope } : {}), blocks: kept };
}

function scopeOf(text: string): Scope | undefined {
  if (!/^(?:This option is|These options are) only available for system services\b/.test(text)) return undefined;
  if (/ not supported for [^.]*\.$| system services\.$/.test(text)) return "system";
  return /\bPrivateUsers= is implicitly enabled\b/.test(text) ? "private-users" : undefined;
}

/** The part of an entry about one value, where the manual has one. */
export function valueEntry(entry: ManualEntry, value: string): ManualEntry | undefined {
  return entriesIn(entry.blocks).find((it) => it.terms.some((term) => saysValue(inlineText(term), value, entry.names)));
}

/** `strict`, `"strict"` and `Name=strict` all stand for the value. */
function saysValue(term: string, value: string, names: readonly string[]): boolean {
  const [, name, rest] = /^([A-Za-z][\w.-]*)=(.+)$/.exec(term) ?? [];
  const bare = name !== undefined && names.includes(name) ? (rest ?? "") : term;
  return bare.replace(/^"(.*)"$/, "$1") === value;
}

/** All entries below blocks, the outer ones first; those of notes and lists too. */
function entriesIn(blocks: readonly ManualBlock[]): ManualEntry[] {
  return blocks.flatMap((it) => {
    if (it.kind === "entries") return [...it.entries, ...it.entries.flatMap((entry) => entriesIn(entry.blocks))];
    if (it.kind === "note") return entriesIn(it.blocks);
    return it.kind === "list" ? it.items.flatMap((item) => [...headed(item), ...entriesIn(item)]) : [];
  });
}

/** A bullet whose first few words name the value that it goes on to explain, as an entry of its own. */
function headed(item: readonly ManualBlock[]): ManualEntry[] {
  const [first] = item;
  if (first?.kind !== "paragraph") return [];
  const at = first.content.findIndex((it) => it.kind !== "text");
  const head = first.content[at];
  if (head?.kind !== "strong" && head?.kind !== "literal" && head?.kind !== "emphasis") return [];
  const before = inlineText(first.content.slice(0, at));
  if (before.split(" ").length > 4 || /[.,;:]/.test(before)) return [];
  return [{ terms: [[head]], names: [], anchor: "", blocks: item }];
}
