import type { ManualPlace } from "../../../server/src/manual/place.ts";

/** A place that was visited, and how far down it was left. */
interface Visit {
  readonly place?: ManualPlace;
  scroll: number;
}

/** Where the reader was, is and can go again. */
export interface Visited {
  readonly here: Visit;
  /** Goes to a new place; what lay ahead is forgotten. */
  go(place: ManualPlace): void;
  canStep(by: -1 | 1): boolean;
  /** Goes back or forward; false where there is nothing. */
  step(by: -1 | 1): boolean;
  /** What to keep while the view is covered. */
  state(): object;
}

const LONGEST = 100;

/** The history of a view, from what an earlier one has kept. */
export function history(kept: unknown): Visited {
  const { visits, at: last } = stateOf(kept);
  let at = last;
  const nowhere: Visit = { scroll: 0 };
  return {
    get here() {
      return visits[at] ?? nowhere;
    },
    go(place) {
      visits.splice(at + 1);
      visits.push({ place, scroll: 0 });
      if (visits.length > LONGEST) visits.shift();
      at = visits.length - 1;
    },
    canStep: (by) => visits[at + by] !== undefined,
    step(by) {
      if (visits[at + by] === undefined) return false;
      at += by;
      return true;
    },
    state: () => ({ visits, at }),
  };
}

/** What `state` gave once; anything else is a beginning. */
function stateOf(kept: unknown): { visits: Visit[]; at: number } {
  if (typeof kept === "object" && kept !== null && "visits" in kept && "at" in kept && Array.isArray(kept.visits))
    return { visits: kept.visits as Visit[], at: Number(kept.at) };
  return { visits: [], at: -1 };
}
