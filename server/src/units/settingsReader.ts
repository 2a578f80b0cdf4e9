import { type Directive, grammarIn, isIgnored, isRead } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import type { Assignment, Section } from "../syntax/tree.ts";
import { splitWords } from "../syntax/words.ts";
import { issuesOf } from "../values/read.ts";
import { assignedIn, isAssignedIn } from "./byDirective.ts";
import { memoBy } from "./memo.ts";
import { mergedDirectives, type Unit, versionsOf } from "./unit.ts";
import { whereOf } from "./where.ts";

/** What settings are set to for the program that reads them: a line whose value it drops does not count. */
export interface Settings {
  /** The lines of a list that count: those after the last empty one, which resets it. */
  list(name: string): readonly Assignment[];
  /** The last of them, which decides a setting of one value; undefined where nothing is set. */
  last(name: string): Assignment | undefined;
  /** The words of a list, without regard to quotes. */
  words(name: string): readonly string[];
}

/** Those of a section in all files of a unit. */
export const settingsIn = (unit: Unit, section: string): Settings =>
  // What stands for many versions of a document says another thing with the next one.
  versionsOf(unit) ? inAllFiles(unit, section) : keptSettings(unit, section);

const inAllFiles = (unit: Unit, section: string): Settings =>
  settingsOf(unit, section, (name) => mergedDirectives(unit, section as SectionName).get(name) ?? NONE);

const keptSettings = memoBy(inAllFiles);

/** Those of sections that are one object to the program. */
export const settingsOfObject = (unit: Unit, sections: readonly Section[]): Settings =>
  settingsOf(unit, sections[0]?.name ?? "", (name) =>
    // Most settings that are asked for are in none of them.
    sections.some((it) => isAssignedIn(it, name)) ? sections.flatMap((it) => assignedIn(it, name)) : NONE,
  );

const NONE: readonly Assignment[] = [];

function settingsOf(unit: Unit, section: string, linesOf: (name: string) => readonly Assignment[]): Settings {
  let known: Map<string, readonly Assignment[]> | undefined;
  const list = (name: string): readonly Assignment[] => {
    const before = known?.get(name);
    if (before) return before;
    const written = linesOf(name);
    if (written.length === 0) return NONE;
    const row = unit.family.content.directive(section, name);
    const taken = written.filter(({ text }) => whyDropped(unit, row, text) === undefined);
    const counted = taken.slice(taken.findLastIndex(({ text }) => text === "") + 1);
    known ??= new Map();
    known.set(name, counted);
    return counted;
  };
  const words = (name: string): readonly string[] =>
    list(name).flatMap(({ text }) => splitWords(text, "plain").words.map(({ value }) => value));
  return { list, last: (name) => list(name).at(-1), words };
}

/**
 * Why a program ignores a line: an `unknown` name, one that this version ignores, a `value` that it drops, one at which it gives
 * up on the file (`refused`), or an `empty` one of a list that only grows.
 */
export type WhyDropped = "unknown" | "ignored" | "value" | "refused" | "empty";

/** Why it ignores this value; undefined where it takes it. */
export function whyDropped(unit: Unit, row: Directive | undefined, text: string): WhyDropped | undefined {
  if (!row || !isRead(row, unit.version)) return "unknown";
  if (isIgnored(row, unit.version)) return "ignored";
  const type = grammarIn(row, unit.version);
  if (text === "" && type.empty !== "invalid") return type.empty === "nothing" ? "empty" : undefined;
  const effects = issuesOf(type, text, whereOf(unit), "brief").map((it) => it.effect);
  if (effects.includes("refused")) return "refused";
  return text === "" || effects.includes("assignment") ? "value" : undefined;
}
