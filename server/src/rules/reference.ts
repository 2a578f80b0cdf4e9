import { alsoInDropIns } from "../findings/inDropIns.ts";
import type { Rule } from "../findings/rule.ts";
import { automount } from "./reference/automount.ts";
import { BOUND_RULES } from "./reference/boundToJob.ts";
import { CLIENT_RULES } from "./reference/clientDaemon.ts";
import { orderingCycle } from "./reference/cycle.ts";
import { emptyDependency } from "./reference/empty.ts";
import { neverElapses } from "./reference/firstStart.ts";
import { goneUnit } from "./reference/goneUnit.ts";
import { aliasTaken, aliasTwice, alsoStatic } from "./reference/install.ts";
import { joinsLost, joinsNothing } from "./reference/joins.ts";
import { lingering } from "./reference/lingering.ts";
import { missingUnit, misspelledUnit } from "./reference/missing.ts";
import { MOUNT_RULES } from "./reference/mountNeeded.ts";
import { networkOnline, networkOnlineOrder } from "./reference/networkOnline.ts";
import { neverStarted } from "./reference/neverStarted.ts";
import { requiresWithoutAfter } from "./reference/ordering.ts";
import { pathLoop } from "./reference/pathLoop.ts";
import { requiredConflict } from "./reference/requiredConflict.ts";
import { sharedRuntime } from "./reference/sharedRuntime.ts";
import { SOCKET_START_RULES } from "./reference/socketStarts.ts";
import { SOCKET_RULES } from "./reference/sockets.ts";
import { DEADLOCK_RULES } from "./reference/startDeadlock.ts";
import { timerInstall } from "./reference/timerInstall.ts";
import { timerOnce } from "./reference/timerOnce.ts";
import { TIMER_SERVICE_RULES } from "./reference/timerService.ts";
import { nothingToStart } from "./reference/trigger.ts";
import { userManager } from "./reference/user.ts";
import { wantedByKind } from "./reference/wantedBy.ts";

/** What a unit says about other units, and what systemd does not make of it. */
export const REFERENCE_RULES: readonly Rule[] = [
  missingUnit,
  misspelledUnit,
  goneUnit,
  nothingToStart,
  neverElapses,
  timerInstall,
  timerOnce,
  ...TIMER_SERVICE_RULES,
  ...SOCKET_RULES,
  ...SOCKET_START_RULES,
  ...alsoInDropIns([requiresWithoutAfter, networkOnline, networkOnlineOrder, requiredConflict]),
  ...BOUND_RULES,
  ...CLIENT_RULES,
  neverStarted,
  ...MOUNT_RULES,
  ...DEADLOCK_RULES,
  pathLoop,
  automount,
  ...alsoInDropIns([sharedRuntime]),
  orderingCycle,
  ...alsoInDropIns([joinsNothing, joinsLost]),
  emptyDependency,
  aliasTaken,
  aliasTwice,
  alsoStatic,
  userManager,
  lingering,
  wantedByKind,
];
