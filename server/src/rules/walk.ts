import { isRead } from "../catalog/catalog.ts";
import type { Found, LineJudge, LineRule, ReadLine } from "../findings/rule.ts";
import type { LineTable } from "../syntax/lineTable.ts";
import type { AssignedLine, InvalidLine } from "../syntax/tree.ts";
import { Recent } from "../text/recent.ts";
import type { Span } from "../text/span.ts";
import { editOf, invalidIn, tokenOf } from "../units/byDirective.ts";
import { memo } from "../units/memo.ts";
import { type ReadSection, readSections, type Unit } from "../units/unit.ts";
import { parseUnitName } from "../values/unitName.ts";
import { TOO_LONG_RULE } from "./notRead.ts";

/** Whether systemd silently ignores a name: the namespace for other programs. */
export const isPrivateName = (name: string): boolean => name.startsWith("X-");

/** The lines without meaning that systemd complains about: those of sections that it reads. */
export const invalidLines = memo((unit: Unit): readonly InvalidLine[] => readSections(unit).flatMap(invalidIn));

/**
 * The lines in which no judge found anything, of one section and whatever else of the unit its judges may look at. That a
 * line is clean follows from the line and this place alone, so that between two keystrokes all lines but one need not be
 * judged again. The sets grow as lines are judged: what is in them changes costs, never findings. Of the name of a unit a line
 * without specifiers that does not name it only sees whether it is a template or an instance.
 */
function cleanLines({ path, version, podman, family, memory, lines }: Unit, section: string): CleanLines {
  const place = [section, path.kind, path.role, path.scope, version, podman, family.name];
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

/** Of so many wrong lines nobody has written the file: the rest is not judged. */
const MOST_WRONG_LINES = 10_000;

/** What rules about single lines find, by their codes and in the order of the file. */
export function findingsInLines(unit: Unit, judges: LineJudges): ReadonlyMap<string, readonly Found[]> {
  const found = new Map<string, Found[]>();
  const last = lastWalk(unit, judges);
  const sections = readSections(unit);
  const cleanIn = new Map<string, CleanLines>();
  const walks: Walk[] = [];
  let wrong = 0;
  for (const [i, section] of sections.entries()) {
    const { name, nodes } = section;
    const clean = cleanIn.get(name) ?? cleanLines(unit, name);
    cleanIn.set(name, clean);
    const some: number[] = [];
    for (const at of toJudge(section, last?.walks[i]?.name === name ? last.walks[i] : undefined)) {
      const node = nodes[at];
      if (node?.kind !== "assignment") continue;
      const unchanged = clean(node.line);
      if (unchanged.has(node.line)) continue;
      const known = unit.family.content.directive(name, node.key);
      const directive = known && isRead(known, unit.version) ? known : undefined;
      if (wrong > MOST_WRONG_LINES) break;
      if (judge({ section, node, known, directive }, unit, judges, found)) {
        some.push(at);
        if (++wrong > MOST_WRONG_LINES) found.values().next().value?.push(cutAt(node));
      } else unchanged.add(node.line);
    }
    if (last) walks.push({ name, nodes, some, token: tokenOf(section) });
  }
  if (last) last.walks = wrong > MOST_WRONG_LINES ? [] : walks;
  return found;
}

const cutAt = ({ start, end }: Span): Found => ({
  code: TOO_LONG_RULE.code,
  severity: "info",
  message: `More than ${MOST_WRONG_LINES} lines of this file are wrong: single lines are not checked from here on`,
  start,
  end,
});

type Nodes = ReadSection["nodes"];

/** What came of the lines of a section: in all but `some` of them nothing was found. */
interface Walk {
  readonly name: string;
  readonly nodes: Nodes;
  readonly some: readonly number[];
  readonly token: object;
}

/** The walk over the version of a document before this one, by its sections; lines that many documents share are not walked often. */
function lastWalk(
  { path, version, podman, family, memory, lines }: Unit,
  judges: LineJudges,
): { walks: readonly Walk[] } | undefined {
  if (lines) return undefined;
  const place = [path.name, path.kind, path.role, path.scope, version, podman, family.name, judges];
  return memory.query("walk over single lines", place, () => ({ walks: [] }));
}

/** The places of lines that may be found wrong: those that were in the walk before, and what was edited since. */
function* toJudge(section: ReadSection, before: Walk | undefined): Generator<number> {
  const { nodes } = section;
  const edit = editOf(section);
  const isKnown = edit !== undefined && edit.since === before?.token;
  const whole = { start: 0, end: nodes.length };
  const { start, end } = isKnown ? edit : before ? editedSince(before.nodes, nodes) : whole;
  const some = before?.some ?? [];
  const moved = nodes.length - (before?.nodes.length ?? 0);
  for (const at of some) if (at < start) yield at;
  for (let at = start; at < end; at++) yield at;
  for (const at of some) if (at + moved >= end) yield at + moved;
}

/** From where to where lines are others than before; the lines around are the very same. */
function editedSince(before: Nodes, nodes: Nodes): { start: number; end: number } {
  const most = Math.min(before.length, nodes.length);
  let start = 0;
  while (start < most && isSameLine(before[start], nodes[start])) start++;
  let kept = 0;
  const [from, to] = [before.length - 1, nodes.length - 1];
  while (kept < most - start && isSameLine(before[from - kept], nodes[to - kept])) kept++;
  return { start, end: nodes.length - kept };
}

/** Whether both are the same assignment, wherever it is, or both are comments: asked for each line of a document. */
function isSameLine(a: Nodes[number] | undefined, b: Nodes[number] | undefined): boolean {
  if (a === b) return true;
  const one = lineOf(a);
  const other = lineOf(b);
  return one === other || (typeof one === "number" && typeof other === "number");
}

/** What an assignment shares with the same line of other versions; of a comment the number of its line. */
const lineOf = (node: Nodes[number] | undefined): AssignedLine | number | undefined =>
  node && "line" in node ? node.line : undefined;

/** Collects what is found in a line, and says whether that is anything. */
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
