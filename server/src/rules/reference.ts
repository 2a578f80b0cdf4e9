import { alsoInDropIns } from "./inDropIns.ts";
import { orderingCycle } from "./reference/cycle.ts";
import { emptyDependency } from "./reference/empty.ts";
import { neverElapses } from "./reference/firstStart.ts";
import { goneUnit } from "./reference/goneUnit.ts";
import { aliasTaken, aliasTwice, alsoStatic } from "./reference/install.ts";
import { joinsLost, joinsNothing } from "./reference/joins.ts";
import { missingUnit, misspelledUnit } from "./reference/missing.ts";
import { networkOnline } from "./reference/networkOnline.ts";
import { requiresWithoutAfter } from "./reference/ordering.ts";
import { timerInstall } from "./reference/timerInstall.ts";
import { timerOnce } from "./reference/timerOnce.ts";
import { nothingToStart } from "./reference/trigger.ts";
import { userManager } from "./reference/user.ts";
import { wantedByKind } from "./reference/wantedBy.ts";
import type { Rule } from "./rule.ts";

/** What a unit says about other units, and what systemd does not make of it. */
export const REFERENCE_RULES: readonly Rule[] = [
  missingUnit,
  misspelledUnit,
  goneUnit,
  nothingToStart,
  neverElapses,
  timerInstall,
  timerOnce,
  ...alsoInDropIns([requiresWithoutAfter, networkOnline]),
  orderingCycle,
  ...alsoInDropIns([joinsNothing, joinsLost]),
  emptyDependency,
  aliasTaken,
  aliasTwice,
  alsoStatic,
  userManager,
  wantedByKind,
];
