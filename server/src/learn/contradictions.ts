import type { Unit } from "../units/unit.ts";
import { closedPaths } from "./contradictions/closedPaths.ts";
import type { Contradiction } from "./contradictions/contradiction.ts";
import { narrowLists } from "./contradictions/narrowLists.ts";
import { refusedSwitches } from "./contradictions/refusedSwitches.ts";
import type { Learnt } from "./learnt.ts";

export type { Contradiction } from "./contradictions/contradiction.ts";

/**
 * What a unit takes away now although a run was seen to need it: one for each setting, with the first thing that it takes. A
 * setting that may break the service only at times that the run did not see is none.
 */
export function contradictions(learnt: Learnt, unit: Unit): readonly Contradiction[] {
  if (learnt.refused !== undefined || unit.path.kind !== "service") return [];
  return [...refusedSwitches(learnt, unit), ...narrowLists(learnt, unit), ...closedPaths(learnt, unit)];
}
