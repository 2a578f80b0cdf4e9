import { type DirectiveName, directive, grammarIn, sectionsWith } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { splitWords } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { hasLine } from "../units/hasLine.ts";
import { memo, memoBy } from "../units/memo.ts";
import { withOldName } from "../units/oldNames.ts";
import { settingsIn } from "../units/settingsReader.ts";
import { linesInForce, mergedAssignments, sectionsFor, sinceReset, type Unit, valuesInForce } from "../units/unit.ts";
import { wordsInForce, wordsOn } from "../units/words.ts";
import { parseBoolean } from "../values/boolean.ts";
import { memberOf } from "../values/enumeration.ts";

/** A value that systemd accepts, in its first spelling, and the line that sets it. */
export interface ValueInForce {
  readonly value: string;
  readonly node: Assignment;
}

/** The section in which a unit sets a directive that systemd reads there; that of its kind where none does. */
export const sectionFor: (unit: Unit, name: DirectiveName) => SectionName = memoBy((unit, name) => {
  const sections = sectionsIn(unit);
  const homes = sectionsWith(name);
  const set = sections.find((it) => mergedAssignments(unit, it, name).length > 0 && homes.includes(it));
  return set ?? sections[1] ?? "Service";
});

const sectionsIn = memo((unit: Unit) => sectionsFor(unit));

/** All assignments of a directive, those of the drop-ins too. */
export function assigned(unit: Unit, name: DirectiveName): readonly Assignment[] {
  return hasLine(unit, name) ? mergedAssignments(unit, sectionFor(unit, name), name) : NONE;
}

/** The assignments of a list that count: those after the last empty one. */
export function inForce(unit: Unit, name: DirectiveName): readonly Assignment[] {
  const all = assigned(unit, name);
  // Their lines are looked through once for all who ask, where those at new places would be looked through again.
  return listLines(unit, name).length === all.length ? all : sinceReset(all);
}

/** The lines of a list that count, which stand for inForce() one by one; the same array as long as none is touched. */
export function listLines(unit: Unit, name: DirectiveName): readonly AssignedLine[] {
  return hasLine(unit, name) ? linesInForce(unit, sectionFor(unit, name), name) : NONE;
}

/** The values of a list that count, which stand for inForce() one by one; the same array as long as no line is touched. */
export function valuesOf(unit: Unit, name: DirectiveName): readonly string[] {
  return hasLine(unit, name) ? valuesInForce(unit, sectionFor(unit, name), name) : NONE;
}

/** What the last valid assignment of a one-word directive says; invalid ones leave the earlier one in place. */
export function setting(unit: Unit, name: DirectiveName): ValueInForce | undefined {
  const row = directive("Service", name);
  const type = row && grammarIn(row, unit.version);
  if (type?.kind !== "enumeration" || !hasLine(unit, name)) return undefined;
  const node = settingsIn(unit, sectionFor(unit, name)).last(name);
  const value = node && memberOf(type, node.text, unit.version)?.value;
  return node && value !== undefined ? { value, node } : undefined;
}

/** Whether a switch is on; of one that takes other words as well, such as `net` of RestrictNamespaces=, whether its last line is. */
export function isOn(unit: Unit, name: DirectiveName): boolean {
  const known = setting(unit, name)?.value;
  return known === undefined ? parseBoolean(textOf(unit, name) ?? "") === true : known === "yes";
}

/** The last line of a directive, undefined where that is empty. */
export function lastLine(unit: Unit, name: DirectiveName): Assignment | undefined {
  const last = assigned(unit, name).at(-1);
  return last?.text === "" ? undefined : last;
}

/** Its text, of a directive that takes any, undefined where that is empty. */
export function textOf(unit: Unit, name: DirectiveName): string | undefined {
  return lastLine(unit, name)?.text;
}

/** The words of some lists that are in force, under their old names too. */
export function words(unit: Unit, ...lists: readonly DirectiveName[]): readonly string[] {
  return joined(unit, lists, (name) => wordsInForce(unit, sectionFor(unit, name), name));
}

/** The paths of some lists without their prefixes, mount options and slashes at the end. */
export function paths(unit: Unit, ...lists: readonly DirectiveName[]): readonly string[] {
  return joined(unit, lists, (name) => pathsIn(listLines(unit, name)));
}

const pathsIn = memo((lines: readonly AssignedLine[]): readonly string[] => lines.flatMap(pathsOn));
const pathsOn = memo((line: AssignedLine): readonly string[] => wordsOn(line).map(barePath));

/**
 * The lists of some settings and of their old names as one; the very list where only one has anything in it, so that what hangs
 * on it stays known.
 */
function joined(
  unit: Unit,
  lists: readonly DirectiveName[],
  listOf: (name: DirectiveName) => readonly string[],
): readonly string[] {
  let all: readonly string[] = NONE;
  for (const it of lists) {
    for (const name of withOldName(it)) {
      if (!hasLine(unit, name)) continue;
      const list = listOf(name);
      if (list.length > 0) all = all.length > 0 ? [...all, ...list] : list;
    }
  }
  return all;
}

const NONE: readonly never[] = [];

const barePath = (word: string): string =>
  word
    .replace(/^[-+]*/, "")
    .replace(/:.*$/s, "")
    .replace(/(?<=[^/]|^\/)\/+$/, "");

/** The first text of a list that a pattern fits; of lists that stay the same it is looked for once, flags aside. */
export function firstMatch(list: readonly string[], pattern: RegExp): string | undefined {
  const found = MATCHES(list);
  const key = pattern.source;
  if (!found.has(key))
    found.set(
      key,
      list.find((it) => pattern.test(it)),
    );
  return found.get(key);
}

/** The first text of several lists that a pattern fits. */
export function firstMatchOf(lists: readonly (readonly string[])[], pattern: RegExp): string | undefined {
  for (const list of lists) {
    const found = firstMatch(list, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MATCHES = memo((_: readonly string[]) => new Map<string, string | undefined>());

/** Whether a path is one of some directories or lies below one. */
export function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  if (directories.has("/") || directories.has(path)) return true;
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    if (directories.has(path.slice(0, at))) return true;
  }
  return false;
}

/** Whether a list starts as a deny list, which lets through what it does not name. */
export function isDenyList(lines: readonly Assignment[]): boolean {
  return lines[0]?.value.text.startsWith("~") ?? false;
}

const SECRET = /^(\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY))=(?![%/]|$)./i;

/** A word of Environment= that looks like a secret: its name says so and it has a value of its own. */
export function secretIn(
  unit: Unit,
): { readonly name: string; readonly node: Assignment; readonly span: Span } | undefined {
  if (firstMatch(words(unit, "Environment"), SECRET) === undefined) return undefined;
  for (const node of inForce(unit, "Environment")) {
    for (const word of splitWords(node.value.text, "escapes").words) {
      const name = SECRET.exec(word.value)?.[1];
      if (name !== undefined) return { name, node, span: sourceSpan(node.value, word.from, word.to) };
    }
  }
  return undefined;
}
