import { grammarIn, isIgnored, isRead } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import type { Assignment } from "../syntax/tree.ts";
import { issuesOf } from "../values/read.ts";
import { memo } from "./memo.ts";
import { mergedDirectives, type Unit } from "./unit.ts";
import { whereOf } from "./where.ts";

/** The lines of a configuration by their section and name, as far as they have been asked for. */
const readBefore = memo((_: Unit) => new Map<string, readonly Assignment[]>());

/**
 * The lines of a setting that count for the program that reads a configuration, those of drop-ins too: none whose value it drops,
 * and none before an empty one, which resets the setting.
 */
export function countedLines(unit: Unit, section: string, name: string): readonly Assignment[] {
  const known = readBefore(unit);
  const key = `${section}.${name}`;
  const lines = known.get(key) ?? linesOf(unit, section, name);
  known.set(key, lines);
  return lines;
}

/** The last of them, where one line sets it. */
export const countedLine = (unit: Unit, section: string, name: string): Assignment | undefined =>
  countedLines(unit, section, name).at(-1);

function linesOf(unit: Unit, section: string, name: string): readonly Assignment[] {
  const row = unit.family.content.directive(section, name);
  const all = row && isRead(row, unit.version) && mergedDirectives(unit, section as SectionName).get(name);
  if (!row || !all || isIgnored(row, unit.version)) return [];
  const type = grammarIn(row, unit.version);
  const resets = type.empty === "unset" || type.empty === "reset";
  const taken = all.filter(({ text }) =>
    text === ""
      ? resets
      : issuesOf(type, text, whereOf(unit), "brief").every(
          ({ effect }) => effect !== "assignment" && effect !== "refused",
        ),
  );
  return taken.slice(taken.findLastIndex(({ text }) => text === "") + 1);
}
