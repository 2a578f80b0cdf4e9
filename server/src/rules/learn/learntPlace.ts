import { ownHeader } from "../../findings/findingPlace.ts";
import type { Found } from "../../findings/rule.ts";
import { isOwn } from "../../service/linePlaces.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { Unit } from "../../units/unit.ts";

/** The line in the file that is judged; what no line says is said of the unit file itself. Undefined for lines of other files. */
export function learntPlace(unit: Unit, node: Assignment | undefined): Pick<Found, "start" | "end"> | undefined {
  if (!node) return unit.judged ? undefined : ownHeader(unit);
  return isOwn(unit, node) ? { start: node.start, end: node.end } : undefined;
}
