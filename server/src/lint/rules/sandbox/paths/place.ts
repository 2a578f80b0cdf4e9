import type { DirectiveName } from "../../../../catalog/catalog.ts";
import type { SectionName } from "../../../../catalog/sections.ts";
import { sourceSpan } from "../../../../syntax/cooked.ts";
import type { Assignment } from "../../../../syntax/tree.ts";
import { splitWords } from "../../../../syntax/words.ts";
import type { Span } from "../../../../text/span.ts";
import { once, remembered } from "../../../../units/once.ts";
import { assignmentsOf, mergedAssignments, sinceReset, type Unit } from "../../../../units/unit.ts";

/** A place in the file, with the line that it stands in. */
export interface Place {
  readonly node: Assignment;
  readonly span: Span;
}

/** The lines of a list in force that stand in the file itself; what a drop-in says is nothing to say about the file. */
export function ownLines(unit: Unit, name: DirectiveName, section: SectionName = "Service"): readonly Assignment[] {
  const all = sinceReset(mergedAssignments(unit, section, name));
  if (unit.dropIns.length === 0) return all;
  const own = new Set(assignmentsOf(unit, section, name));
  return all.filter((it) => own.has(it));
}

/** The last line of a directive with one value, where it stands in the file itself and no drop-in has another behind it. */
export function ownLast(unit: Unit, name: DirectiveName, section: SectionName = "Service"): Assignment | undefined {
  const last = mergedAssignments(unit, section, name).at(-1);
  return last && last.text !== "" && assignmentsOf(unit, section, name).includes(last) ? last : undefined;
}

/** Where a word of a list stands in the file. */
export function placeOfWord(unit: Unit, name: DirectiveName, word: string): Place | undefined {
  const known = PLACES(unit).get(name) ?? placesIn(ownLines(unit, name));
  PLACES(unit).set(name, known);
  const found = known.get(word);
  return found && { node: found.node, span: sourceSpan(found.node.value, found.from, found.to) };
}

interface WordPlace {
  readonly node: Assignment;
  readonly from: number;
  readonly to: number;
}

/** Made for a list when the first of its words has a finding. */
const PLACES = once((_: Unit) => new Map<DirectiveName, ReadonlyMap<string, WordPlace>>());

function placesIn(lines: readonly Assignment[]): ReadonlyMap<string, WordPlace> {
  const places = new Map<string, WordPlace>();
  for (const node of lines) {
    for (const { value, from, to } of wordsWithPlaces(node.text)) {
      if (!places.has(value)) places.set(value, { node, from, to });
    }
  }
  return places;
}

const wordsWithPlaces = remembered((text) => splitWords(text, "quotes").words);

/** Where a text stands in the commands of a setting. */
export function placeOfText(unit: Unit, name: DirectiveName, text: string): Place | undefined {
  const lines = COMMANDS(unit).get(name) ?? ownLines(unit, name).slice(0, MANY);
  COMMANDS(unit).set(name, lines);
  const node = lines.find((it) => it.text.includes(text));
  if (!node) return undefined;
  const from = node.text.indexOf(text);
  return { node, span: sourceSpan(node.value, from, from + text.length) };
}

/** As many lines as the commands are read of. */
const MANY = 300;
const COMMANDS = once((_: Unit) => new Map<DirectiveName, readonly Assignment[]>());
