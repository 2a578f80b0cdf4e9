import type { DirectiveName } from "../catalog/catalog.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { memoBy } from "../units/memo.ts";
import { assignmentsOf, mergedAssignments, ownFile, type Unit } from "../units/unit.ts";
import { placedWords } from "../units/words.ts";
import { inForce, lastLine, sectionFor } from "./settings.ts";

/** A place in the file, with the line that it stands in. */
export interface LinePlace {
  readonly node: Assignment;
  readonly span: Span;
}

/** The lines of a list in force that stand in the file itself; what a drop-in says is nothing to say about the file. */
export const ownLines = (unit: Unit, name: DirectiveName): readonly Assignment[] =>
  inForce(unit, name).filter((it) => isOwn(unit, it));

/** Whether a line stands in the file that is judged, where a finding can point at it. */
export const isOwn = (unit: Unit, line: Assignment): boolean => {
  const name = line.key as DirectiveName;
  return unit.dropIns.length === 0 || assignmentsOf(unit, sectionFor(unit, name), name).includes(line);
};

/**
 * What systemd reads of a directive after a line that is added: in the file itself after `node`, or after its end, and
 * in later drop-ins. It may take back what is added.
 */
export function linesBehind(unit: Unit, name: DirectiveName, node?: Assignment): readonly Assignment[] {
  const section = node ? sectionFor(unit, node.key as DirectiveName) : sectionFor(unit, name);
  const own = node ? assignmentsOf(unit, section, name).filter((it) => it.start > node.start) : [];
  const files = [unit.file, ...unit.dropIns];
  const [file, ...dropIns] = files.slice(files.indexOf(ownFile(unit)) + 1);
  return file ? [...own, ...mergedAssignments({ ...unit, file, dropIns, judged: file }, section, name)] : own;
}

/** Whether an empty line that systemd reads later takes a line of a list back that is added after `node`, or at the end. */
export const isResetBehind = (unit: Unit, name: DirectiveName, node?: Assignment): boolean =>
  linesBehind(unit, name, node).some(({ text }) => text === "");

/** The last line of a directive, undefined where that is empty or stands in another file. */
export function ownLast(unit: Unit, name: DirectiveName): Assignment | undefined {
  const last = lastLine(unit, name);
  return last && isOwn(unit, last) ? last : undefined;
}

/** Where a word of a list stands, undefined where another file is the first that has it. */
export function placeOfWord(unit: Unit, name: DirectiveName, word: string): LinePlace | undefined {
  const found = placesIn(unit, name).get(word);
  if (!found || !isOwn(unit, found.node)) return undefined;
  return { node: found.node, span: sourceSpan(found.node.value, found.from, found.to) };
}

interface WordPlace {
  readonly node: Assignment;
  readonly from: number;
  readonly to: number;
}

/** Made for a list when the first of its words has a finding. */
const placesIn = memoBy((unit: Unit, name: DirectiveName): ReadonlyMap<string, WordPlace> => {
  const places = new Map<string, WordPlace>();
  for (const node of inForce(unit, name)) {
    for (const { value, from, to } of placedWords(node.text)) {
      if (!places.has(value)) places.set(value, { node, from, to });
    }
  }
  return places;
});

/** Where a text stands in the commands of a setting, undefined where another file is the first that has it. */
export function placeOfText(unit: Unit, name: DirectiveName, text: string): LinePlace | undefined {
  const node = commandWith(unit, name, text);
  if (!node || !isOwn(unit, node)) return undefined;
  const from = node.text.indexOf(text);
  return { node, span: sourceSpan(node.value, from, from + text.length) };
}

/** The first command of a setting with a text, in whichever file; undefined where it is written in another way. */
export function commandWith(unit: Unit, name: DirectiveName, text: string): Assignment | undefined {
  return inForce(unit, name)
    .slice(0, MAX_LINES)
    .find((it) => it.text.includes(text));
}

/** As many lines as the commands are read of. */
const MAX_LINES = 300;
