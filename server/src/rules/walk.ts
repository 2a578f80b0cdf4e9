import type { Directive } from "../catalog/catalog.ts";
import { hasCome } from "../facts/version.ts";
import type { Assignment, Junk } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { once, remembered } from "../units/once.ts";
import { type ReadSection, readSections, type Unit } from "../units/unit.ts";

/** Whether systemd silently ignores a name: the namespace for other programs. */
export const isPrivateName = (name: string): boolean => name.startsWith("X-");

/** An assignment that systemd looks up, with its section and what the catalog says about it. */
interface Lookup {
  readonly section: ReadSection;
  readonly node: Assignment;
  readonly known: Directive | undefined;
}

/** The lines of a unit that systemd reads, sorted by what it makes of them. */
interface Walk {
  readonly junk: readonly Junk[];
  readonly assignments: readonly Lookup[];
  readonly settings: readonly { readonly directive: Directive; readonly node: Assignment }[];
}

/**
 * The lines that were found right in a section of a kind of unit, name, scope and version: what the rules about single
 * lines say of them depends on nothing else, so that between two keystrokes all lines but one need not be judged again.
 * Each line bears the latest place in which it was right.
 */
const SOUND = Symbol("sound");

interface JudgedLine {
  [SOUND]?: object;
}

const placeFor = remembered((place: string): object => ({ place }));

const placeOf = ({ path, version }: Unit, section: string): object =>
  placeFor(`${section} ${path.kind} ${path.role} ${path.scope} ${version} ${path.name ?? ""}`);

/** Walks a unit once for all rules. */
const walk = once((unit: Unit): Walk => {
  const junk: Junk[] = [];
  const assignments: Lookup[] = [];
  const settings: { directive: Directive; node: Assignment }[] = [];
  for (const section of readSections(unit)) {
    const place = placeOf(unit, section.name);
    for (const node of section.nodes) {
      if (node.kind === "junk") junk.push(node);
      if (node.kind !== "assignment" || (node.line as JudgedLine)[SOUND] === place) continue;
      const known = unit.family.content.directive(section.name, node.key);
      assignments.push({ section, node, known });
      if (known && hasCome(known, unit.version)) settings.push({ directive: known, node });
    }
  }
  return { junk, assignments, settings };
});

/** The lines without meaning that systemd complains about: those of sections that it reads. */
export function junkLines(unit: Unit): readonly Junk[] {
  return walk(unit).junk;
}

/** Every assignment that systemd looks up and that was not found right before. */
export function assignmentsToJudge(unit: Unit): readonly Lookup[] {
  return walk(unit).assignments;
}

/** Of these every assignment to a directive that this version knows. */
export function settingsToJudge(unit: Unit): Walk["settings"] {
  return walk(unit).settings;
}

/** Remembers the lines that no finding of the rules points at; `found` are all findings of the file, in any order. */
export function rememberSound(unit: Unit, found: readonly Span[]): void {
  const starts = found.map((it) => it.start).sort((a, b) => a - b);
  let at = 0;
  for (const { section, node } of walk(unit).assignments) {
    while (at < starts.length && (starts[at] ?? 0) < node.start) at++;
    if ((starts[at] ?? Number.POSITIVE_INFINITY) > node.end)
      (node.line as JudgedLine)[SOUND] = placeOf(unit, section.name);
  }
}
