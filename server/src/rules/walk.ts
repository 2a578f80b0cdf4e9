import { hasCome } from "../facts/version.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import type { AssignedLine, InvalidLine } from "../syntax/tree.ts";
import { Recent } from "../text/recent.ts";
import { memo } from "../units/memo.ts";
import { readSections, type Unit } from "../units/unit.ts";
import type { Found, LineJudge, LineRule, ReadLine } from "./rule.ts";

/** Whether systemd silently ignores a name: the namespace for other programs. */
export const isPrivateName = (name: string): boolean => name.startsWith("X-");

/** The lines without meaning that systemd complains about: those of sections that it reads. */
export const invalidLines = memo((unit: Unit): readonly InvalidLine[] =>
  readSections(unit).flatMap(({ nodes }) => nodes.filter((it) => it.kind === "invalid")),
);

/**
 * The lines in which no judge found anything, of one section and whatever else of the unit its judges may look at. That a
 * line is clean follows from the line and this place alone, so that between two keystrokes all lines but one need not be
 * judged again. The set grows as lines are judged: what is in it changes costs, never findings.
 */
function cleanLines({ path, version, family, memory, lines }: Unit, section: string): WeakSet<AssignedLine> {
  const place = [section, path.kind, path.role, path.scope, version, path.name ?? "", family.name];
  if (!lines) return memory.query(`clean lines of [${section}]`, place, () => new WeakSet());
  const known = places(lines);
  const key = place.join(" ");
  const clean = known.get(key) ?? new WeakSet();
  known.set(key, clean);
  return clean;
}

/** More places than these are not kept. */
const MOST_PLACES = 8192;

/** The same for each place of those who share their lines. */
const places = memo((_: LineTable) => new Recent<string, WeakSet<AssignedLine>>(MOST_PLACES));

/** The judges of rules about single lines, each once and with the code of what it finds. */
export type LineJudges = readonly (readonly [find: LineJudge, code: string])[];

/** Those of some rules. */
export const judgesOf = (rules: readonly LineRule[]): LineJudges => [...new Map(rules.map((it) => [it.line, it.code]))];

/** What rules about single lines find, by their codes and in the order of the file. */
export function findingsInLines(unit: Unit, judges: LineJudges): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  for (const section of readSections(unit)) {
    const clean = cleanLines(unit, section.name);
    for (const node of section.nodes) {
      if (node.kind !== "assignment" || clean.has(node.line)) continue;
      const known = unit.family.content.directive(section.name, node.key);
      const directive = known && hasCome(known, unit.version) ? known : undefined;
      if (!judge({ section, node, known, directive }, unit, judges, found)) clean.add(node.line);
    }
  }
  return found;
}

/** Collects what is found in a line, and tells whether that is anything. */
function judge(line: ReadLine, unit: Unit, judges: LineJudges, found: Map<string, Found[]>): boolean {
  let some = false;
  for (const [find, code] of judges) {
    for (const it of find(line, unit)) {
      some = true;
      const list = found.get(it.code ?? code);
      if (list) list.push(it);
      else found.set(it.code ?? code, [it]);
    }
  }
  return some;
}
