import type { DirectiveName } from "../catalog/catalog.ts";
import { lineEnding, removeEach } from "../findings/edits.ts";
import type { LearntSetting } from "../learn/learnt.ts";
import { chosenSettings, type LearntAddition, type LearntParts, learntAddition } from "../learn/learntUnit.ts";
import { isOwn } from "../service/linePlaces.ts";
import { assigned } from "../service/settings.ts";
import { parse } from "../syntax/parse.ts";
import type { Assignment } from "../syntax/tree.ts";
import { composedEdits } from "../text/composedEdits.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { ownFile, type Unit } from "../units/unit.ts";
import { hardenedSection } from "./hardenedSection.ts";
import { addedToDropIn, type HardenedDropIn } from "./profile.ts";
import { insertions } from "./profileLayout.ts";

/** Lists whose lines add up whatever they are: those of the unit stay. */
const ADDS_UP = /^(?:(?:State|Cache|Logs|Runtime|Configuration)Directory|\w+Paths|DeviceAllow|TemporaryFileSystem)$/;

/**
 * The edits that set what was learnt: in place of other values of the file, all else in groups at the end of the section,
 * which a drop-in without one need not have.
 */
export function learntEdits(
  unit: Unit,
  settings: readonly LearntSetting[],
  parts: LearntParts = {},
): readonly TextEdit[] {
  const file = ownFile(unit);
  const keys = new Set(chosenSettings(settings, parts).map((it) => it.key));
  const places = new Map<string, readonly Assignment[]>();
  for (const key of keys) {
    const own = ADDS_UP.test(key) ? [] : assigned(unit, key as DirectiveName).filter((it) => isOwn(unit, it));
    if (own.length > 0) places.set(key, own);
  }
  const { blocks } = learntAddition(withoutLines(unit, [...places.values()].flat()), settings, parts);
  const linesOf = (key: string): readonly string[] =>
    blocks.flatMap((it) => it.lines).filter((it) => it.startsWith(`${key}=`));
  const changes = [...places].flatMap(([key, [first, ...rest]]) => {
    const newText = linesOf(key).join(lineEnding(file.text));
    return first ? [{ start: first.start, end: first.end, newText }, ...removeEach(file, rest)] : [];
  });
  const section = hardenedSection(unit);
  const added = blocks.flatMap(({ heading, lines }) => {
    const others = lines.filter((it) => !places.has(it.slice(0, it.indexOf("="))));
    return others.length > 0 ? [{ heading, settings: others.map((line) => ({ line, breaks: "" })) }] : [];
  });
  const edits = section ? insertions(file, section, added) : [];
  return [...changes, ...edits.map(({ start, end, newText }) => ({ start, end, newText }))].toSorted(
    (a, b) => a.start - b.start,
  );
}

/** The same in a drop-in of the unit, in place of what that says of the same settings. */
export function learntInDropIn(existing: string | undefined, blocks: LearntAddition["blocks"]): HardenedDropIn {
  const old = existing ?? "";
  const file = parse(old);
  const lines = blocks.flatMap((it) => it.lines);
  const isReplaced = (key: string): boolean => {
    const first = lines.find((it) => it.startsWith(`${key}=`));
    // What takes more from a list goes on after it.
    return first !== undefined && !first.startsWith(`${key}=~`) && !ADDS_UP.test(key);
  };
  const own = file.sections.filter((it) => it.name === "Service" && it.header.closed);
  const gone = own.flatMap((it) => it.nodes.filter((node) => node.kind === "assignment" && isReplaced(node.key)));
  const removed = removeEach(file, gone);
  const settings = blocks.map((it) => ({ ...it, settings: it.lines.map((line) => ({ line, breaks: "" })) }));
  const added = addedToDropIn(applyEdits(old, removed), settings);
  return { ...added, edits: composedEdits(old, [removed, added.edits]) };
}

/** The unit without some lines of the file that is judged. */
function withoutLines(unit: Unit, lines: readonly Assignment[]): Unit {
  if (lines.length === 0) return unit;
  const file = ownFile(unit);
  const inOrder = lines.toSorted((a, b) => a.start - b.start);
  const remaining = parse(applyEdits(file.text, removeEach(file, inOrder)));
  const memory = unit.memory.within("without lines");
  return unit.judged
    ? { ...unit, memory, judged: remaining, dropIns: unit.dropIns.map((it) => (it === file ? remaining : it)) }
    : { ...unit, memory, file: remaining };
}
