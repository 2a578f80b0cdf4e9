import type { SectionName } from "../catalog/sections.ts";
import { unitKindOf } from "../families/checkedPath.ts";
import type { Assignment } from "../syntax/tree.ts";
import { mergedDirectives, sectionsFor, sharedLines, type Unit } from "../units/unit.ts";
import type { ReadingContext } from "./assign/assign.ts";
import { assignmentsIn, groupOf } from "./assign/table.ts";
import { startSettings, type UnitSettings } from "./settings.ts";

/** The assignments of a group, in the order in which systemd reads them. */
interface Group {
  readonly section: SectionName;
  readonly directives: readonly (readonly Assignment[])[];
}

/**
 * The settings of a unit, read group by group, where a group whose lines are untouched since the last time is not read
 * again; undefined where the order of all lines counts, because systemd gives up on a file somewhere.
 */
export function readInGroups(unit: Unit, context: ReadingContext): UnitSettings | undefined {
  const kind = unitKindOf(unit.path);
  const settings = startSettings(kind, context.scope, context.version);
  for (const [name, group] of groupsOf(unit)) {
    const changed = outcomeOf(name, group, unit, context);
    if (!changed) return undefined;
    const { present, ...others } = changed;
    Object.assign(settings, others);
    for (const it of present ?? []) settings.present.add(it);
  }
  return settings;
}

/** The assignments that count, by their groups. */
function groupsOf(unit: Unit): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const section of sectionsFor(unit)) {
    const counting = assignmentsIn(section, unit.version);
    for (const [name, nodes] of mergedDirectives(unit, section)) {
      if (!counting.has(name)) continue;
      const id = groupOf(name);
      groups.set(id, { section, directives: [...(groups.get(id)?.directives ?? []), nodes] });
    }
  }
  return groups;
}

/** The assignments of several directives as they stand in the files. */
function inOrder(unit: Unit, directives: Group["directives"]): readonly Assignment[] {
  const [only = [], ...others] = directives;
  if (others.length === 0) return only;
  if (unit.dropIns.length === 0) return directives.flat().sort((a, b) => a.start - b.start);
  const wanted = new Set(directives.flat());
  const all = [unit.file, ...unit.dropIns].flatMap((it) => it.nodes);
  return all.filter((it): it is Assignment => it.kind === "assignment" && wanted.has(it));
}

/**
 * What the lines of one group make of the settings: those that differ from the start; undefined where systemd gives up at one
 * of the lines. Lines that stay keep their order among each other.
 */
function outcomeOf(
  id: string,
  { section, directives }: Group,
  unit: Unit,
  context: ReadingContext,
): Partial<UnitSettings> | undefined {
  const { version, scope, name } = context;
  const lines = directives.map((it) => sharedLines(unit, section, it[0]?.key ?? ""));
  const kind = unitKindOf(unit.path);
  return unit.memory.query(`settings of ${id}`, [kind, version, scope, name.full, ...lines], () => {
    const settings = startSettings(kind, scope, version);
    const assigns = assignmentsIn(section, version);
    const fault = inOrder(unit, directives).some(
      (node) => assigns.get(node.key)?.(settings, node.text, context, node.line) !== undefined,
    );
    return fault ? undefined : differences(startSettings(kind, scope, version), settings);
  });
}

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
