import { type CompletionItem, CompletionItemKind, type CompletionList } from "vscode-languageserver-types";
import { type Directive, directive, directivesIn, isIgnored, typeIn } from "../catalog/catalog.ts";
import { isSectionName, type SectionName, sectionFacts, sectionsOf } from "../catalog/sections.ts";
import { type Place, placeAt } from "../syntax/place.ts";
import type { Span } from "../text/span.ts";
import { assignmentsOf } from "../units/unit.ts";
import { membersIn } from "../values/enumeration.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../values/valueType.ts";
import { valueType } from "../values/valueTypes.ts";
import { describeDirective, describeMember, describeSection } from "./describe.ts";
import { markup } from "./markup.ts";
import { rangeOf, type View } from "./view.ts";

/** What an item stands for; travels with it, so that resolve needs no document. */
type ItemData =
  | { readonly section: SectionName }
  | {
      readonly section: SectionName;
      readonly directive: string;
      readonly value?: string;
      readonly version: SystemdVersion;
    };

/** What may stand at the cursor. The items carry no documentation: `resolveCompletion` adds it. */
export function complete(view: View, offset: number): CompletionList {
  const place = placeAt(view.unit.file, offset);
  return { isIncomplete: false, items: itemsAt(view, place, offset) };
}

function itemsAt(view: View, place: Place, offset: number): CompletionItem[] {
  switch (place.kind) {
    case "comment":
      return [];
    case "header": {
      const { node } = place;
      return sectionItems(view, onLine(view, { start: node.nameSpan.start - 1, end: node.end }, offset));
    }
    case "value":
      return valueItems(view, place, offset);
    case "key": {
      const { node } = place;
      const equals = node.kind === "assignment" ? node.equals : undefined;
      const start = node.content.start;
      const end = node.kind === "assignment" ? node.keySpan.end : offset;
      return directiveItems(view, place.section?.name, onLine(view, { start, end }, offset), equals);
    }
    case "blank": {
      const here = { start: offset, end: offset };
      return [...directiveItems(view, place.section?.name, here, undefined), ...sectionItems(view, here)];
    }
  }
}

/** What an edit at the cursor may replace of a span: LSP allows one line around the cursor. The backslash at its end stays. */
function onLine(view: View, span: Span, offset: number): Span {
  const { text } = view.unit.file;
  const { line, character } = view.lines.positionAt(offset);
  const before = text.slice(offset - character, offset).trimStart();
  const behind = text.slice(offset, view.lines.offsetAt({ line, character: Number.POSITIVE_INFINITY })).trimEnd();
  const kept = behind.endsWith("\\") ? behind.slice(0, -1).trimEnd() : behind;
  return {
    start: Math.min(offset, Math.max(span.start, offset - before.length)),
    end: Math.max(offset, Math.min(span.end, offset + kept.length)),
  };
}

function sectionItems(view: View, span: Span): CompletionItem[] {
  const range = rangeOf(view, span);
  return sectionsOf(view.unit.path.kind).map((section, i) => ({
    label: `[${section}]`,
    kind: CompletionItemKind.Module,
    detail: sectionFacts(section).summary,
    sortText: `3${i}`,
    filterText: `[${section}]`,
    textEdit: { range, newText: `[${section}]` },
    data: { section } satisfies ItemData,
  }));
}

/** The directives of a section; those that are set and take one value come last. */
function directiveItems(
  view: View,
  section: string | undefined,
  span: Span,
  equals: number | undefined,
): CompletionItem[] {
  const { unit } = view;
  if (section === undefined || !isSectionName(section) || !sectionsOf(unit.path.kind).includes(section)) return [];
  const range = rangeOf(view, span);
  const items: CompletionItem[] = [];
  for (const it of directivesIn(section, unit.version)) {
    if (it.undocumented || it.successor || isIgnored(it, unit.version)) continue;
    items.push(directiveItem(view, it, range, equals));
  }
  return items;
}

function directiveItem(
  view: View,
  it: Directive,
  range: ReturnType<typeof rangeOf>,
  equals: number | undefined,
): CompletionItem {
  const { version } = view.unit;
  const isSet = !it.many && assignmentsOf(view.unit, it.section, it.name).length > 0;
  return {
    label: it.name,
    kind: CompletionItemKind.Property,
    detail: it.summary,
    ...(it.page ? { labelDetails: { description: `${it.page}(5)` } } : {}),
    sortText: `${isSet ? 2 : 1}${it.name}`,
    textEdit: { range, newText: equals === undefined ? `${it.name}=` : it.name },
    data: { section: it.section, directive: it.name, version } satisfies ItemData,
  };
}

function valueItems(view: View, place: Extract<Place, { kind: "value" }>, offset: number): CompletionItem[] {
  const { version } = view.unit;
  const known = place.section && directive(place.section.name, place.node.key);
  if (!known) return [];
  const type = valueType(typeIn(known, version));
  if (type.kind !== "enumeration") return [];
  const { valueSpan } = place.node;
  const touched = offset >= valueSpan.start && offset <= valueSpan.end;
  const range = rangeOf(view, onLine(view, touched ? valueSpan : { start: offset, end: offset }, offset));
  const offered = membersIn(type, version).filter((it) => !it.deprecated);
  return offered.map((member, i) => ({
    label: member.value,
    kind: CompletionItemKind.EnumMember,
    detail: member.summary.replaceAll("`", ""),
    sortText: String(i).padStart(3, "0"),
    textEdit: { range, newText: member.value },
    data: { section: known.section, directive: known.name, value: member.value, version } satisfies ItemData,
  }));
}

/** Adds the documentation to an item of `complete`; an item from elsewhere comes back as it is. */
export function resolveCompletion(item: CompletionItem, markdown: boolean): CompletionItem {
  const data = item.data as Partial<{ section: string; directive: string; value: string; version: number }> | undefined;
  if (data?.section === undefined || !isSectionName(data.section)) return item;
  const version = data.version ?? NEWEST_VERSION;
  if (data.directive === undefined)
    return { ...item, documentation: markup(describeSection(data.section, version), markdown) };
  const known = directive(data.section, data.directive);
  if (!known) return item;
  const type = valueType(typeIn(known, version));
  const member = type.kind === "enumeration" ? type.members.find((it) => it.value === data.value) : undefined;
  const prose = member ? describeMember(known, member) : describeDirective(known, version);
  return { ...item, documentation: markup(prose, markdown) };
}
