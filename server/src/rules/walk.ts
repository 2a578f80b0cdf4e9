import { isRead } from "../catalog/catalog.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import type { AssignedLine, InvalidLine } from "../syntax/tree.ts";
import { Recent } from "../text/recent.ts";
import { memo } from "../units/memo.ts";
import { readSections, type Unit } from "../units/unit.ts";
import { parseUnitName } from "../values/unitName.ts";
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
 * judged again. The sets grow as lines are judged: what is in them changes costs, never findings. Of the name of a unit a line
 * without specifiers that does not name it only sees whether it is a template or an instance.
 */
function cleanLines({ path, version, family, memory, lines }: Unit, section: string): CleanLines {
  const place = [section, path.kind, path.role, path.scope, version, family.name];
  const { name = "" } = path;
  if (!lines) {
    const clean = memory.query(`clean lines of [${section}]`, [...place, name], () => new WeakSet<AssignedLine>());
    return () => clean;
  }
  const key = place.join(" ");
  const parsed = path.role === "unit" ? parseUnitName(name) : undefined;
  let own: WeakSet<AssignedLine> | undefined;
  const ownLines = (): WeakSet<AssignedLine> => {
    own ??= cleanAt(lines, `${key} ${name}`);
    return own;
  };
  if (!parsed || name.length > SHORT) return ownLines;
  const all = cleanAt(lines, `${key} ${parsed.instance === undefined ? "plain" : parsed.instance && "instance"}`);
  const [begin = ""] = name.split(/[@.]/, 1);
  const namesIt = (text: string): boolean => text.length > SHORT || text.includes("%") || text.includes(begin);
  return ({ value: { text } }) => (namesIt(text) ? ownLines() : all);
}

/** Those among which a line may be. */
type CleanLines = (line: AssignedLine) => WeakSet<AssignedLine>;

/** Two that are no longer cannot make a name together that is too long. */
const SHORT = 100;

function cleanAt(lines: LineTable, key: string): WeakSet<AssignedLine> {
  const known = places(lines);
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
      if (node.kind !== "assignment") continue;
      const among = clean(node.line);
      if (among.has(node.line)) continue;
      const known = unit.family.content.directive(section.name, node.key);
      const directive = known && isRead(known, unit.version) ? known : undefined;
      if (!judge({ section, node, known, directive }, unit, judges, found)) among.add(node.line);
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
