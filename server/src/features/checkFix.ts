import { type DirectiveName, directive } from "../catalog/catalog.ts";
import { addLines, changeValue } from "../hardening/fixes.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { assess } from "../security/exposure.ts";
import type { TextEdit } from "../text/span.ts";
import { assignmentsOf, type Unit } from "../units/unit.ts";

/** The edits that make a check pass: a value changed in place where the file has one, else a line added; none where nothing helps. */
export function checkFix(unit: Unit, id: string): readonly TextEdit[] {
  const fix = assess(unit).checks.find((it) => it.id === id)?.fix;
  const section = hardenedSection(unit);
  if (fix === undefined || !section) return [];
  const equals = fix.indexOf("=");
  const known = directive("Service", fix.slice(0, equals));
  const node = known && !known.many ? assignmentsOf(unit, "Service", known.name as DirectiveName).at(-1) : undefined;
  return node ? changeValue(unit, node, fix.slice(equals + 1), []) : [addLines(unit, section, [fix])];
}
