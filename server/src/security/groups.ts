import type { SectionName } from "../catalog/sections.ts";
import { unitKindOf } from "../families/checkedPath.ts";
import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { memo } from "../units/memo.ts";
import { mergedDirectives, sectionsFor, sharedLines, type Unit } from "../units/unit.ts";
import type { ReadingContext } from "./assign/assign.ts";
import { doubtfulCommands, ONLY_REFUSED } from "./assign/assignCommands.ts";
import { assignmentsIn, groupOf } from "./assign/table.ts";
import { startSettings, type UnitSettings } from "./settings.ts";

/** The assignments of a group, in the order in which systemd reads them. */
interface Group {
  readonly section: SectionName;
  readonly names: readonly string[];
}

/**
 * The settings of a unit, read group by group, where a group whose lines are untouched since the last time is not read
 * again, and the very same settings as long as no group says anything else; undefined where the order of all lines counts, because systemd gives up on a file somewhere.
 */
export function readInGroups(unit: Unit, context: ReadingContext): UnitSettings | undefined {
  const outcomes: Partial<UnitSettings>[] = [];
  for (const [name, group] of groupsOf(unit)) {
    const outcome = outcomeOf(name, group, unit, context);
    if (!outcome) return undefined;
    outcomes.push(outcome);
  }
  const { scope, version } = context;
  const kind = unitKindOf(unit.path);
  return unit.memory.query("settings of all groups", [kind, scope, version, ...outcomes], () => {
    const settings = startSettings(kind, scope, version);
    for (const { present, ...others } of outcomes) {
      Object.assign(settings, others);
      for (const it of present ?? []) settings.present.add(it);
    }
    return settings;
  });
}

/** The assignments that count, by their groups. */
function groupsOf(unit: Unit): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const section of sectionsFor(unit)) {
    const counting = assignmentsIn(section, unit.version);
    for (const name of mergedDirectives(unit, section).keys()) {
      if (!counting.has(name)) continue;
      const id = groupOf(name);
      groups.set(id, { section, names: [...(groups.get(id)?.names ?? []), name] });
    }
  }
  return groups;
}

/** The assignments of several directives as they stand in the files. */
function inOrder(unit: Unit, { section, names }: Group): readonly Assignment[] {
  const lists = mergedDirectives(unit, section);
  const nodes = names.flatMap((it) => lists.get(it) ?? []);
  if (unit.dropIns.length === 0) return nodes.sort((a, b) => a.start - b.start);
  const wanted = new Set(nodes);
  const all = [unit.file, ...unit.dropIns].flatMap((it) => it.nodes);
  return all.filter((it): it is Assignment => it.kind === "assignment" && wanted.has(it));
}

/** The lines of a directive that may change anything, in their order. */
function changingLines(unit: Unit, section: SectionName, name: string): readonly AssignedLine[] {
  const lines = sharedLines(unit, section, name);
  return ONLY_REFUSED.has(name) ? doubtfulCommands(lines) : lines;
}

/**
 * What the lines of one group make of the settings: those that differ from the start; undefined where systemd gives up at one
 * of the lines. Lines that stay keep their order among each other.
 */
function outcomeOf(id: string, group: Group, unit: Unit, context: ReadingContext): Partial<UnitSettings> | undefined {
  const { version, scope, name } = context;
  const { section, names } = group;
  const lists = names.map((it) => changingLines(unit, section, it));
  const kind = unitKindOf(unit.path);
  return unit.memory.query(`settings of ${id}`, [kind, version, scope, name.full, ...lists], () => {
    const settings = startSettings(kind, scope, version);
    const assigns = assignmentsIn(section, version);
    const assign = (key: string, line: AssignedLine): boolean =>
      assigns.get(key)?.(settings, line.value.text, context, line) !== undefined;
    const [only = []] = lists;
    const isRefused =
      lists.length === 1
        ? only.some((line) => assign(names[0] ?? "", line))
        : inOrder(unit, group).some(({ key, line }) => assign(key, line));
    if (isRefused) return undefined;
    const changed = Object.entries(differences(startSettings(kind, scope, version), settings)).flat();
    return settingsOf(unit.memory.reuseEqual(`outcome of ${id}`, changed));
  });
}

/** Settings of names and values in turns, the very same ones as long as these are. */
const settingsOf = memo(
  (list: readonly unknown[]): Partial<UnitSettings> =>
    Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1]]] : []))),
);

function differences(start: UnitSettings, settings: UnitSettings): Partial<UnitSettings> {
  const entries = Object.entries(settings) as [keyof UnitSettings, unknown][];
  return Object.fromEntries(entries.filter(([name, value]) => !isStill(start[name], value)));
}

/** Whether a setting is as it was at the start, where all collections are empty. */
function isStill(start: unknown, now: unknown): boolean {
  if (now instanceof Set || now instanceof Map) return now.size === 0;
  if (Array.isArray(now)) return now.length === 0;
  if (typeof now !== "object" || now === null || typeof start !== "object" || start === null) return start === now;
  const before = start as Readonly<Record<string, unknown>>;
  return Object.entries(now).every(([name, value]) => value === before[name]);
}
