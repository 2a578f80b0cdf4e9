import { type DirectiveName, sectionsWith } from "../catalog/catalog.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { assignmentsOf, mergedAssignments, ownFile, sectionsFor, type Unit } from "../units/unit.ts";

/** The line to point at for what several settings do together: the last of the first directive that no drop-in sets after it. */
export function lastOf(unit: Unit, names: readonly DirectiveName[]): Assignment | undefined {
  return lastWhere(unit, names, (own, last) => own.includes(last));
}

/** The same in whichever file it stands: the last line of the first directive that the unit or a drop-in sets. */
export function lastOfAll(unit: Unit, names: readonly DirectiveName[]): Assignment | undefined {
  return lastWhere(unit, names, () => true);
}

function lastWhere(
  unit: Unit,
  names: readonly DirectiveName[],
  counts: (own: readonly Assignment[], last: Assignment) => boolean,
): Assignment | undefined {
  for (const name of names) {
    const homes = sectionsWith(name);
    for (const section of sectionsFor(unit).filter((it) => homes.includes(it))) {
      const last = mergedAssignments(unit, section, name).findLast(({ text }) => text !== "");
      if (last && counts(assignmentsOf(unit, section, name), last)) return last;
    }
  }
  return undefined;
}

/** What is said of a whole unit stands at the last header of its own section, else at the start of the file. */
export function ownHeader(unit: Unit): Span {
  const file = ownFile(unit);
  const [, own] = sectionsFor(unit);
  const last = file.sections.findLast(({ name }) => name === own);
  return last?.header ?? { start: 0, end: Math.min(1, file.text.length) };
}
