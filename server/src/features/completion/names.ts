import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver-types";
import { type Directive, directivesIn, isIgnored, isRead } from "../../catalog/catalog.ts";
import { LAST_RANK, rankOf } from "../../catalog/rank.ts";
import { isSectionName } from "../../catalog/sections.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import type { Span } from "../../text/span.ts";
import { assignmentsOf, sectionsFor } from "../../units/unit.ts";
import { rangeOf, type View } from "../view.ts";
import type { ItemData } from "./data.ts";

/** The directives of a section, the usual ones first; those that are set and take one value come last, and after them what is newer than the target. */
export function directiveItems(
  view: View,
  section: string | undefined,
  span: Span,
  { withEquals, newer }: { readonly withEquals: boolean; readonly newer: boolean },
): CompletionItem[] {
  const { unit } = view;
  if (section === undefined || !isSectionName(section) || !sectionsFor(unit).includes(section)) return [];
  const range = rangeOf(view, span);
  const data = { section, version: unit.version } satisfies ItemData;
  const items: CompletionItem[] = [];
  for (const it of directivesIn(section, newer ? NEWEST_VERSION : unit.version)) {
    if (it.undocumented || it.successor || isIgnored(it, unit.version)) continue;
    items.push(directiveItem(view, it, range, withEquals, data));
  }
  return items;
}

function directiveItem(view: View, it: Directive, range: Range, withEquals: boolean, data: ItemData): CompletionItem {
  const rank = rankOf(it.section, it.name);
  const isNew = !isRead(it, view.unit.version);
  const isSet = !it.many && assignmentsOf(view.unit, it.section, it.name).length > 0;
  return {
    label: it.name,
    kind: CompletionItemKind.Property,
    detail: isNew ? `Requires systemd ${it.since}. ${it.summary}` : it.summary,
    ...(isNew ? { labelDetails: { description: `systemd ${it.since}` } } : {}),
    sortText: `${isNew ? 3 : isSet ? 2 : 1}${String(rank).padStart(3, "0")}${rank === LAST_RANK ? it.name : ""}`,
    textEdit: { range, newText: withEquals ? `${it.name}=` : it.name },
    data,
  };
}
