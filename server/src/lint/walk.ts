import { type Directive, directive, typeIn } from "../catalog/catalog.ts";
import type { Assignment, Junk } from "../syntax/tree.ts";
import { once } from "../units/once.ts";
import { type ReadSection, readSections, type Unit } from "../units/unit.ts";
import type { Enumeration } from "../values/valueType.ts";
import { valueType } from "../values/valueTypes.ts";

/** Whether systemd passes over a name without a word: the namespace for other programs. */
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

/** Walks a unit once for all rules. */
const walk = once((unit: Unit): Walk => {
  const junk: Junk[] = [];
  const assignments: Lookup[] = [];
  const settings: { directive: Directive; node: Assignment }[] = [];
  for (const section of readSections(unit)) {
    for (const node of section.nodes) {
      if (node.kind === "junk") junk.push(node);
      if (node.kind !== "assignment") continue;
      const known = directive(section.name, node.key);
      assignments.push({ section, node, known });
      if (known && (known.since ?? 0) <= unit.version) settings.push({ directive: known, node });
    }
  }
  return { junk, assignments, settings };
});

/** The lines without meaning that systemd complains about: those of sections that it reads. */
export function junkLines(unit: Unit): readonly Junk[] {
  return walk(unit).junk;
}

/** Every assignment that systemd looks up. */
export function assignments(unit: Unit): readonly Lookup[] {
  return walk(unit).assignments;
}

/** A setting whose value is one word of a fixed set. */
interface EnumeratedSetting {
  readonly node: Assignment;
  readonly type: Enumeration;
}

/** Every assignment to a directive that takes one word of a fixed set. */
export const enumeratedSettings = once((unit: Unit): readonly EnumeratedSetting[] => {
  const found: EnumeratedSetting[] = [];
  for (const { directive: known, node } of settings(unit)) {
    const type = valueType(typeIn(known, unit.version));
    if (type.kind === "enumeration") found.push({ node, type });
  }
  return found;
});

/** Every assignment to a directive that this version knows. */
export function settings(unit: Unit): Walk["settings"] {
  return walk(unit).settings;
}
