import { knownOf } from "../../hardening/beyondRuns.ts";
import type { LearnFrom } from "../../learn/learn.ts";
import type { Unit } from "../../units/unit.ts";

/** What is derived about a unit is held to what hardening knows of it, unless its owner trusts the run. */
export const heldTo = (unit: Unit, trusted: boolean): Required<Pick<LearnFrom, "known" | "trusted">> => ({
  known: knownOf(unit),
  trusted,
});
