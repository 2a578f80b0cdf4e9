import { type DirectiveName, directive, grammarIn } from "../catalog/catalog.ts";
import { removeEach } from "../findings/edits.ts";
import type { Fix } from "../findings/finding.ts";
import { isOwn } from "../service/linePlaces.ts";
import { assigned, sectionFor } from "../service/settings.ts";
import { ownFile, type Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import { issuesOf } from "../values/read.ts";

/**
 * Takes a directive out of the file with all of its lines, as the one before the last would be in force again. `safe` where
 * the unit means the same without any value of it; not where another file sets it, or a line says something else by mistake.
 */
export function removal(unit: Unit, name: DirectiveName, safe: boolean): Fix {
  const lines = assigned(unit, name);
  const row = directive(sectionFor(unit, name), name);
  const type = row && grammarIn(row, unit.version);
  const own = lines.filter((it) => isOwn(unit, it));
  return {
    title: `Remove ${name}=`,
    safe:
      safe &&
      own.length === lines.length &&
      own.every(({ text }) => text === "" || !type || issuesOf(type, text, whereOf(unit)).length === 0),
    edits: () => removeEach(ownFile(unit), own),
  };
}
