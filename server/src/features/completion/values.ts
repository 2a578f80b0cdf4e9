import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import { directive, typeIn } from "../../catalog/catalog.ts";
import { sourceOffset } from "../../syntax/cooked.ts";
import type { Place } from "../../syntax/place.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";
import { whereOf } from "../../units/where.ts";
import type { Role } from "../../values/grammar.ts";
import { type Slot, slotsAt } from "../../values/read.ts";
import { valueType } from "../../values/valueTypes.ts";
import { onLine, rangeOf, type View } from "../view.ts";
import type { World } from "../world.ts";
import type { Choice } from "./choice.ts";
import type { ItemData } from "./data.ts";
import { lookedUp } from "./lookups.ts";
import { specifierChoices } from "./specifiers.ts";

const KINDS: Readonly<Record<Role, CompletionItemKind>> = {
  word: CompletionItemKind.EnumMember,
  number: CompletionItemKind.Value,
  unit: CompletionItemKind.Unit,
  unitName: CompletionItemKind.Reference,
  operator: CompletionItemKind.Operator,
  path: CompletionItemKind.File,
  name: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
  program: CompletionItemKind.Function,
  text: CompletionItemKind.Text,
  specifier: CompletionItemKind.TypeParameter,
  escape: CompletionItemKind.Text,
};

/** What may stand in a value at the cursor: what its grammar offers, what the world knows, specifiers. */
export function valueItems(
  view: View,
  { node, at, section }: Extract<Place, { kind: "value" }>,
  offset: number,
  world: World,
): CompletionItem[] {
  const { unit } = view;
  const known = section && directive(section.name, node.key);
  if (!known) return [];
  const type = valueType(typeIn(known, unit.version));
  const where = whereOf(unit);
  const { text, cursor } = reached(node, at, offset);
  const choices = [
    ...specifierChoices(type, text, cursor, where),
    ...relevant(slotsAt(type, text, cursor, where), text, cursor).flatMap((slot) => [
      ...offered(slot),
      ...lookedUp(view, slot, text, cursor, world),
    ]),
  ];
  const data = { section: known.section, version: unit.version, directive: known.name } satisfies ItemData;
  return distinct(choices)
    .sort((a, b) => a.rank - b.rank)
    .map((choice, i) => {
      const range = rangeOf(view, onLine(view, spanAt(node, choice, offset), offset));
      return itemOf(choice, i, range, data);
    });
}

/** The value as far as the cursor: behind its end only blanks stand, which are no part of it. */
function reached(node: Assignment, at: number, offset: number): { text: string; cursor: number } {
  const { text } = node.value;
  if (text === "" || offset <= sourceOffset(node.value, text.length)) return { text, cursor: at };
  return { text: `${text} `, cursor: text.length + 1 };
}

/** Around the cursor in any case, which may stand among blanks beside the value. */
function spanAt(node: Assignment, { from, to }: Choice, offset: number): Span {
  const { text } = node.value;
  const start = from < text.length ? sourceOffset(node.value, from) : offset;
  const end = to > from && from < text.length ? sourceOffset(node.value, Math.min(to, text.length) - 1) + 1 : offset;
  return { start: Math.min(start, offset), end: Math.max(end, offset) };
}

/** The slots that a reader means: where the cursor is behind a blank in a slot and another begins there, only that one. */
function relevant(slots: readonly Slot[], text: string, cursor: number): readonly Slot[] {
  const begun = slots.filter(({ from }) => !/\s/.test(text.slice(from, cursor)));
  return begun.length > 0 ? begun : slots;
}

function offered({ from, to, offers }: Slot): Choice[] {
  return offers().map(({ text, summary, role }) => ({ text, summary, kind: KINDS[role], from, to, rank: 1 }));
}

/** Of several choices that say the same the first one, which is the one of the narrowest slot. */
function distinct(choices: readonly Choice[]): Choice[] {
  const byText = new Map<string, Choice>();
  for (const choice of choices) {
    if (!byText.has(choice.text)) byText.set(choice.text, choice);
  }
  return [...byText.values()];
}

function itemOf(choice: Choice, i: number, range: ReturnType<typeof rangeOf>, data: ItemData): CompletionItem {
  const { text, kind, summary, remark } = choice;
  return {
    label: text,
    kind,
    ...(summary ? { detail: summary.replaceAll("`", "") } : {}),
    ...(remark ? { labelDetails: { description: remark } } : {}),
    sortText: String(i).padStart(4, "0"),
    textEdit: { range, newText: text },
    data,
  };
}
