import type { PathUse } from "../needs.ts";
import type { PathEntries } from "../paths/foldingTree.ts";
import { addTally, type Tally } from "./tally.ts";

/** What is known about a path while a log is read. */
export interface SeenPath {
  readonly used: Map<PathUse, Tally>;
  readonly failed: Map<string, Tally>;
  /** By mode. */
  readonly made: Map<number, Tally>;
  readonly names: Set<string>;
  /** How many paths below were folded into this one. */
  folded: number;
}

/** How the tree of a log makes and folds its entries. */
export const SEEN_PATHS: PathEntries<SeenPath> = {
  empty: () => ({ used: new Map(), failed: new Map(), made: new Map(), names: new Set(), folded: 0 }),
  fold: (to, other) => {
    to.folded += 1 + other.folded;
    addTallies(to.used, other.used);
    addTallies(to.failed, other.failed);
    addTallies(to.made, other.made);
  },
};

function addTallies<K>(to: Map<K, Tally>, other: ReadonlyMap<K, Tally>): void {
  for (const [key, tally] of other) {
    const known = to.get(key);
    if (known === undefined) to.set(key, tally);
    else addTally(known, tally);
  }
}
