import { type CompletionItem, CompletionItemKind, type TextEdit } from "vscode-languageserver-types";
import { type Directive, grammarIn } from "../../catalog/catalog.ts";
import type { SyntaxPlace } from "../../syntax/cursorPlace.ts";
import { sourceOffset } from "../../syntax/joinedText.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";
import { assignmentsOf } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import type { ReportedIssue, TokenRole } from "../../values/grammar.ts";
import { issuesOf, type Slot, slotsAt } from "../../values/read.ts";
import { lineEndOf, onLine, rangeOf, type View } from "../view.ts";
import type { World } from "../world.ts";
import { type Choice, RANKS } from "./choice.ts";
import { withCommon, withLeftOut } from "./common.ts";
import type { ItemData } from "./data.ts";
import { deviceChoices } from "./devices.ts";
import { lookedUp } from "./lookups.ts";
import { withPartner } from "./partners.ts";
import { withoutRepeated } from "./repeated.ts";
import { specifierChoices } from "./specifierChoices.ts";
import { endingWithLine, isOpen, withoutSlash } from "./wholeText.ts";

const KINDS: Readonly<Record<TokenRole, CompletionItemKind>> = {
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

/** What may stand in a value, and whether there is more once something is typed. */
export interface ValueItems {
  readonly items: CompletionItem[];
  readonly isIncomplete: boolean;
}

const NOTHING: ValueItems = { items: [], isIncomplete: false };

/** What may stand in a value at the cursor: what its grammar offers, what the world knows, specifiers; the likeliest first. */
export function valueItems(
  view: View,
  { node, at, section }: Extract<SyntaxPlace, { kind: "value" }>,
  offset: number,
  world: World,
  trigger?: string,
): ValueItems {
  const { unit } = view;
  const known = section && unit.family.content.directive(section.name, node.key);
  if (!known) return NOTHING;
  const type = grammarIn(known, unit.version);
  const where = whereOf(unit);
  const { text, cursor } = reached(node, at, offset);
  const slots = relevant(slotsAt(type, text, cursor, where), text, cursor);
  const choices = [
    ...specifierChoices(type, text, cursor, where),
    ...deviceChoices(view, known, text, cursor, world),
    ...slots.flatMap((slot) => [...offered(slot), ...lookedUp(view, known, slot, { text, cursor }, world)]),
  ].filter((it) => !isGlued(it, text, cursor, trigger));
  const named = slots.some(({ lookup }) => lookup?.kind === "units");
  const ranked = text.startsWith("~")
    ? withLeftOut(unit, known, choices)
    : withCommon(unit, known, choices, world, text.trim() === "" && !named ? cursor : undefined);
  const fresh = named ? withoutRepeated(unit, known, { node, text, cursor }, withPartner(unit, known, ranked)) : ranked;
  const all = distinct(fresh, text).sort((a, b) => a.rank - b.rank);
  const typed = { text, cursor, isValue: isAccepted(issuesOf(type, text.slice(0, cursor), where, "brief")) };
  if (trigger === "=" && typed.isValue && type.empty === "reset" && isFirstInDropIn(view, known)) return NOTHING;
  const shown = endingWithLine(
    all,
    typed,
    slots.map(({ lookup }) => lookup),
  );
  const data = { section: known.section, version: unit.version, directive: known.name } satisfies ItemData;
  return {
    items: shown.map((choice, i) => {
      const range = rangeOf(view, onLine(view, spanAt(node, choice, offset), offset));
      return itemOf(choice, i, range, data, choice.also === undefined ? [] : [lineAbove(view, node, choice)]);
    }),
    isIncomplete:
      shown.length > 0 && slots.some(({ lookup, from }) => isOpen(lookup) && /^$|\/$/.test(text.slice(from, cursor))),
  };
}

/** The value as far as the cursor: after its end only blanks stand, which are no part of it. */
function reached(node: Assignment, at: number, offset: number): { text: string; cursor: number } {
  const { text } = node.value;
  if (text === "" || offset <= sourceOffset(node.value, text.length)) return { text, cursor: at };
  return { text: `${text} `, cursor: text.length + 1 };
}

/**
 * Whether Enter would add to what is typed although nothing of the choice is typed: the units of `5`, which is whole without
 * one, and which opens the list again by a blank.
 */
function isGlued({ from, kind }: Choice, text: string, cursor: number, trigger: string | undefined): boolean {
  if (kind === CompletionItemKind.Unit && trigger === " ") return true;
  return from === cursor && /[\p{L}\p{N}]/u.test(text.charAt(cursor - 1));
}

/** Whether systemd takes a value for which these issues are found. */
const isAccepted = (issues: readonly ReportedIssue[]): boolean =>
  issues.every(({ effect }) => effect === "complains" || effect === "silent");

/** Whether a line is the first of its list in a drop-in: most of them are empty, to reset what the unit has. */
const isFirstInDropIn = ({ unit }: View, { many, section, name }: Directive): boolean =>
  many === true && unit.path.role === "drop-in" && assignmentsOf(unit, section, name).length === 1;

/** Around the cursor in any case, which may stand among blanks next to the value. */
function spanAt(node: Assignment, { from, to }: Choice, offset: number): Span {
  const { text } = node.value;
  const start = from < text.length ? sourceOffset(node.value, from) : offset;
  const end = to > from && from < text.length ? sourceOffset(node.value, Math.min(to, text.length) - 1) + 1 : offset;
  return { start: Math.min(start, offset), end: Math.max(end, offset) };
}

/** The slots that a reader means: where the cursor is after a blank in a slot and another begins there, only that one. */
function relevant(slots: readonly Slot[], text: string, cursor: number): readonly Slot[] {
  const begun = slots.filter(({ from }) => !/\s/.test(text.slice(from, cursor)));
  return begun.length > 0 ? begun : slots;
}

function offered({ from, to, offers }: Slot): Choice[] {
  return offers().map(({ text, summary, role }) => ({
    text,
    summary,
    kind: KINDS[role],
    from,
    to,
    rank: role === "operator" ? RANKS.signs : RANKS.offered,
  }));
}

/** Of several choices that say the same the first one, which is the one of the narrowest slot. */
function distinct(choices: readonly Choice[], text: string): Choice[] {
  const byText = new Map<string, Choice>();
  for (const choice of choices) {
    // A usual folder and the same one as it lies on the machine begin at different places.
    const result = text.slice(0, choice.from) + withoutSlash(choice.text);
    if (!byText.has(result)) byText.set(result, choice);
  }
  return [...byText.values()];
}

/** The other directive with the same value, in front of the line that is being written. */
function lineAbove(view: View, node: Assignment, { also, text }: Choice): TextEdit {
  const { line } = view.lines.positionAt(node.content.start);
  const start = { line, character: 0 };
  const before = view.unit.file.text.slice(view.lines.offsetAt(start), node.content.start);
  return { range: { start, end: start }, newText: `${before}${also}=${text}${lineEndOf(view)}` };
}

function itemOf(
  choice: Choice,
  i: number,
  range: ReturnType<typeof rangeOf>,
  data: ItemData,
  additionalTextEdits: TextEdit[],
): CompletionItem {
  const { text, label = text, filter, kind, summary, remark } = choice;
  return {
    label,
    kind,
    ...(summary ? { detail: summary.replaceAll("`", "") } : {}),
    ...(remark ? { labelDetails: { description: remark } } : {}),
    sortText: String(i).padStart(4, "0"),
    ...(filter === undefined ? {} : { filterText: filter === "" ? NEVER_TYPED : filter }),
    textEdit: { range, newText: text },
    ...(additionalTextEdits.length > 0 ? { additionalTextEdits } : {}),
    data: label === text ? data : { ...data, value: text },
  };
}

/** Whatever is typed is not in it, so that clients show the item only as long as nothing is. */
const NEVER_TYPED = "\u2026";
