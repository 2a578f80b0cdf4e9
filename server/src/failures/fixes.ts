import type { DirectiveName } from "../catalog/catalog.ts";
import { insertAfter, insertIntoSection, removeLines } from "../findings/edits.ts";
import { sectionFor } from "../service/settings.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Assignment, UnitFile } from "../syntax/tree.ts";
import { splitWords } from "../syntax/words.ts";
import type { TextEdit } from "../text/span.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { type FailureFix, linesToBlame, originOf } from "./cause.ts";

/** Adds lines to the section of the unit, each list after what the file already says of it. */
export function addSettings(unit: Unit, ...lines: readonly string[]): FailureFix {
  return {
    title: `Add ${lines.join(" and ")}`,
    safe: false,
    sets: lines,
    edits: () => [insertIntoSection(unit, sectionFor(unit, directiveIn(lines[0] ?? "")), lines)],
  };
}

const directiveIn = (line: string): DirectiveName => line.slice(0, line.indexOf("=")) as DirectiveName;

/** Gives a list one more word: after the words of its last line where that adds too, else in a line of its own. */
export function addWord(unit: Unit, name: DirectiveName, word: string): FailureFix {
  const line = `${name}=${word}`;
  const last = mergedAssignments(unit, sectionFor(unit, name), name).at(-1);
  const title = `Add ${line}`;
  if (!last) return addSettings(unit, line);
  // A line of the file comes before those of its drop-ins, of which one may take all back.
  if (originOf(unit, last).dropIn !== undefined && last.text !== "" && !ORDERED.has(name))
    return addSettings(unit, line);
  const open = /^~|^none$/.test(last.text) || splitWords(last.text, "quotes").error !== undefined;
  return changeAt(unit, last, title, [line], (file) => {
    if (open) return [insertAfter(file, last, [line])];
    const { end } = last.valueSpan;
    return [{ start: end, end, newText: last.text === "" ? word : ` ${word}` }];
  });
}

/** Lists in which a later line can take back what an earlier one gives. */
const ORDERED: ReadonlySet<DirectiveName> = new Set([
  "SystemCallFilter",
  "CapabilityBoundingSet",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
]);

/** Gives a setting another value where it stands, further lines after it. */
export function changeTo(unit: Unit, node: Assignment, value: string, ...more: readonly string[]): FailureFix {
  const line = `${node.key}=${value}`;
  const sets = [line, ...more];
  const title = `Change to ${sets.join(" and ")}`;
  const change = { ...node.valueSpan, newText: value };
  return changeAt(unit, node, title, sets, (file) =>
    more.length > 0 ? [change, insertAfter(file, node, more)] : [change],
  );
}

/** Gives the last line of a setting another value; the line is added where nothing sets it. */
export function setTo(unit: Unit, name: DirectiveName, value: string, ...more: readonly string[]): FailureFix {
  const last = linesToBlame(unit, name).at(-1);
  return last ? changeTo(unit, last, value, ...more) : addSettings(unit, `${name}=${value}`, ...more);
}

/** Puts something before a word of a list, such as the `-` of a path that may be missing. */
export function changeWord(unit: Unit, node: Assignment, word: string, newWord: string): FailureFix | undefined {
  const found = splitWords(node.text, "quotes").words.find((it) => it.value === word);
  if (!found) return undefined;
  const title = `Change to ${node.key}=${newWord}`;
  const span = sourceSpan(node.value, found.from, found.to);
  return changeAt(unit, node, title, [], ({ text }) => {
    const quote = text.charAt(span.start);
    const quoted = quote === '"' || quote === "'" ? `${quote}${newWord}${quote}` : newWord;
    return [{ ...span, newText: quoted }];
  });
}

/** Takes a word out of a list, its line with it where it is the only one; further lines take its place. */
export function removeWord(
  unit: Unit,
  node: Assignment,
  word: string,
  ...more: readonly string[]
): FailureFix | undefined {
  const { words } = splitWords(node.text, "quotes");
  const at = words.findIndex((it) => it.value === word);
  const found = words[at];
  if (!found) return undefined;
  const what = `${node.key}=${word}`;
  const title = more.length > 0 ? `Change ${what} to ${more.join(" and ")}` : `Remove ${what}`;
  const next = words[at + 1];
  const before = words[at - 1];
  return changeAt(unit, node, title, more, (file) => {
    const added = more.length > 0 ? [insertAfter(file, node, more)] : [];
    if (words.length === 1) return [removeLines(file, node), ...added];
    const [from, to] = next ? [found.from, next.from] : [before?.to ?? found.from, found.to];
    return [{ ...sourceSpan(node.value, from, to), newText: "" }, ...added];
  });
}

/** Takes a line out. */
export function removeLine(unit: Unit, node: Assignment): FailureFix {
  return changeAt(unit, node, `Remove ${node.key}=${node.text}`, [], (file) => [removeLines(file, node)]);
}

/** A change in the file in which a line stands: the unit file or one of its drop-ins. */
function changeAt(
  unit: Unit,
  node: Assignment,
  title: string,
  sets: readonly string[],
  editsIn: (file: UnitFile) => readonly TextEdit[],
): FailureFix {
  const at = originOf(unit, node).dropIn;
  const known = { safe: false, ...(sets.length > 0 ? { sets } : {}) };
  const dropIn = at === undefined ? undefined : unit.dropIns[at];
  if (at === undefined || !dropIn) return { ...known, title, edits: () => editsIn(unit.file) };
  return {
    ...known,
    title: `${title}, in the drop-in`,
    edits: () => [],
    inDropIns: [{ at, edits: () => editsIn(dropIn) }],
  };
}

/** The fixes that there are. */
export function fixes(...all: readonly (FailureFix | undefined)[]): FailureFix[] {
  return all.filter((it) => it !== undefined);
}
