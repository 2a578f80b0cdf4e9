import type { Directive } from "../../catalog/catalog.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import type { Choice } from "./choice.ts";

/** Leaves out the units that the list names already, in this line or in another one; the word at the cursor counts as not written. */
export function withoutRepeated(
  unit: Unit,
  { section, name }: Directive,
  { node, text, cursor }: { readonly node: Assignment; readonly text: string; readonly cursor: number },
  choices: readonly Choice[],
): Choice[] {
  const before = text.slice(0, cursor).split(/\s+/).slice(0, -1);
  const after = text.slice(cursor).split(/\s+/).slice(1);
  const others = mergedAssignments(unit, section, name).flatMap((it) => (it === node ? [] : it.value.text));
  const named = new Set([...before, ...after, ...others.flatMap((it) => it.split(/\s+/))]);
  return choices.filter((it) => !named.has(it.text));
}
