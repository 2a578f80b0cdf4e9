import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
} from "vscode-languageserver-types";
import { directive, grammarIn } from "../../catalog/catalog.ts";
import { isSectionName } from "../../catalog/sections.ts";
import { unitDocument } from "../../families/document.ts";
import { nixInside, nixString } from "../../hosts/nix/write.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { type CompletionOptions, complete } from "../completion.ts";
import { viewOf } from "../view.ts";
import { cursorIn, type HostedCursor } from "./hostedCursor.ts";
import { type HostedView, placedUnitAt } from "./hostedView.ts";

/**
 * What may stand at the cursor in a unit of a file of another language. A line of its own at the end of the unit's text is
 * completed, and what comes of it is written as the host writes it.
 */
export function hostedCompletion(view: HostedView, offset: number, options: CompletionOptions): CompletionList {
  const inText = completionInText(view, offset, options);
  if (inText) return inText;
  const cursor = cursorIn(view, offset);
  if (!cursor || (cursor.kind === "key" && options.trigger !== undefined)) return { isIncomplete: false, items: [] };
  const { hosted, written } = cursor.of;
  const typed = cursor.kind === "key" ? cursor.typed : `${cursor.key}=${cursor.before}`;
  const after = cursor.kind === "key" ? "" : cursor.after;
  const before = `${written.text}\n[${cursor.section}]\n`;
  const probe = viewOf(unitDocument(hosted.path, `${before}${typed}${after}\n`), view.version);
  const list = complete(probe, before.length + typed.length, { ...options, snippets: false });
  const valueStart = before.length + (cursor.kind === "key" ? 0 : cursor.key.length + 1);
  const items = list.items.flatMap((it): CompletionItem[] => {
    if (!it.textEdit || !("range" in it.textEdit)) return [];
    const { range } = it.textEdit;
    const [from, to] = [range.start, range.end].map((position) => probe.lines.offsetAt(position) - valueStart);
    const { additionalTextEdits: _, ...item } = it;
    return cursor.kind === "key"
      ? keyItem(view, cursor, item, options.snippets === true)
      : valueItem(view, cursor, item, { from: from ?? 0, to: to ?? 0, text: it.textEdit.newText });
  });
  return { isIncomplete: list.isIncomplete, items };
}

/** The same in a unit that stands in the file as a text; undefined elsewhere. */
function completionInText(view: HostedView, offset: number, options: CompletionOptions): CompletionList | undefined {
  const placed = placedUnitAt(view, offset);
  if (!placed?.hosted.raw) return undefined;
  const { text, map } = placed.written;
  // What is written otherwise than it is read is no place to write.
  const piece = map.pieceAt(offset);
  if (piece && !piece.exact && piece.source.start < offset && offset < piece.source.end) return NOTHING;
  const probe = viewOf(unitDocument(placed.hosted.path, text), view.version);
  const { isIncomplete, items } = complete(probe, map.toText(offset), { ...options, snippets: false });
  const inFile = items.flatMap(({ additionalTextEdits: _, ...item }): CompletionItem[] => {
    if (!item.textEdit || !("range" in item.textEdit) || item.textEdit.newText.includes("\n")) return [];
    const { range, newText } = item.textEdit;
    const [start, end] = [range.start, range.end].map((it) => map.toSource(probe.lines.offsetAt(it)));
    if (start === undefined || end === undefined) return [];
    const place = rangeIn(view, start, end);
    // A shell joins lines, but the protocol has an item change one line alone.
    if (place.start.line !== place.end.line) return [];
    const written = view.host.inText(view.file, placed.hosted, newText);
    return [{ ...item, textEdit: { range: place, newText: written } }];
  });
  return { isIncomplete, items: inFile };
}

const NOTHING: CompletionList = { isIncomplete: false, items: [] };

const rangeIn = ({ lines }: HostedView, start: number, end: number) => ({
  start: lines.positionAt(start),
  end: lines.positionAt(end),
});

/** A name, with what usually follows it where nothing does yet. */
function keyItem(
  view: HostedView,
  { span, section, assigned, of }: Extract<HostedCursor, { kind: "key" }>,
  item: CompletionItem,
  snippets: boolean,
): CompletionItem[] {
  if (item.kind !== CompletionItemKind.Property || !isSectionName(section)) return [];
  const known = directive(section, item.label);
  const isWord = known && grammarIn(known, of.unit.version).kind === "enumeration";
  const range = rangeIn(view, span.start, span.end);
  if (assigned) return [{ ...item, textEdit: { range, newText: item.label } }];
  if (!snippets) return [{ ...item, textEdit: { range, newText: `${item.label} = ` } }];
  const newText = `${item.label} = ${isWord ? "$0" : '"$0"'};`;
  return [{ ...item, insertTextFormat: InsertTextFormat.Snippet, textEdit: { range, newText } }];
}

/** A value, between its quotes or with quotes of its own. */
function valueItem(
  view: HostedView,
  cursor: Extract<HostedCursor, { kind: "value" }>,
  item: CompletionItem,
  { from, to, text }: { readonly from: number; readonly to: number; readonly text: string },
): CompletionItem[] {
  if (cursor.quoted) {
    const [start, end] = [cursor.sourceAt(from), cursor.sourceAt(to)];
    if (start === undefined || end === undefined) return [];
    return [{ ...item, textEdit: { range: rangeIn(view, start, end), newText: nixInside(text, cursor.indented) } }];
  }
  // Without quotes only a whole value can stand.
  if (from !== 0) return [];
  const switched = item.kind === CompletionItemKind.EnumMember ? parseBoolean(text) : undefined;
  const isBare = !cursor.inList && switched !== undefined;
  const newText = isBare ? String(switched) : /^\d+$/.test(text) ? text : nixString(text);
  const { start, end } = cursor.span;
  const range = rangeIn(view, start, end);
  // What is typed has no quotes, as they open a list of their own.
  return [{ ...item, ...(isBare ? { filterText: newText } : {}), textEdit: { range, newText } }];
}
