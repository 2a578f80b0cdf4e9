import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { ambientOutside, privateUsers } from "./rights/ambient.ts";
import { boundingSet } from "./rights/boundingSet.ts";
import { deniedCapability } from "./rights/deniedCapability.ts";
import { deniedCommand } from "./rights/deniedCommand.ts";
import { deniedFamily } from "./rights/deniedFamily.ts";
import { deniedPort } from "./rights/deniedPort.ts";
import { denyFirst } from "./rights/denyFirst.ts";
import { errorNumber } from "./rights/errorNumber.ts";
import { filterKills } from "./rights/filterKills.ts";
import { needsRoot } from "./rights/needsRoot.ts";
import { otherArchitectures } from "./rights/otherArchitectures.ts";
import { outside } from "./rights/outside.ts";
import { overridden } from "./rights/overridden.ts";
import { ownUnit } from "./rights/ownUnit.ts";
import { protectProc } from "./rights/protectProc.ts";
import { jit, procSubset } from "./rights/runtimes.ts";
import { setUid } from "./rights/setUid.ts";
import { setUidLost } from "./rights/setUidLost.ts";
import { sudoAsUser } from "./rights/sudoAsUser.ts";
import { undoable } from "./rights/undoable.ts";
import { allowWithoutDeny } from "./rights/withoutDeny.ts";

/** Settings about the rights of a service that have no effect, are undone, or break it; on the unit with its drop-ins. */
export const RIGHTS_RULES: readonly Rule[] = alsoInDropIns([
  undoable,
  otherArchitectures,
  outside,
  ownUnit,
  protectProc,
  allowWithoutDeny,
  errorNumber,
  filterKills,
  ambientOutside,
  privateUsers,
  boundingSet,
  denyFirst,
  overridden,
  jit,
  procSubset,
  setUid,
  setUidLost,
  deniedCommand,
  deniedCapability,
  deniedFamily,
  deniedPort,
  needsRoot,
  sudoAsUser,
]);
