import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule } from "../../findings/rule.ts";
import { closedRoot } from "./traps/closedRoot.ts";
import { closedSocket } from "./traps/closedSocket.ts";
import { deniedStart } from "./traps/deniedStart.ts";
import { emptyRoot, writableRoot } from "./traps/emptyRoot.ts";
import { missingDevice } from "./traps/missingDevice.ts";
import { namespacePath } from "./traps/namespacePath.ts";
import { mountApiVfs, removeIpc } from "./traps/noEffect.ts";
import { noLoopback } from "./traps/noLoopback.ts";
import { noNetwork } from "./traps/noNetwork.ts";
import { notifyUnreachable } from "./traps/notify.ts";
import { optionalPath } from "./traps/optionalPath.ts";
import { ownRoot } from "./traps/ownRoot.ts";
import { privateListener } from "./traps/privateListener.ts";
import { privateMounts } from "./traps/privateMounts.ts";
import { socketLists } from "./traps/socketLists.ts";
import { socketSandbox } from "./traps/socketSandbox.ts";
import { userNamespace } from "./traps/userNamespace.ts";
import { userPath } from "./traps/userPath.ts";
import { userRights } from "./traps/userRights.ts";

/** Settings whose consequence shows only when the service starts, or never; on the unit with its drop-ins. */
export const TRAP_RULES: readonly Rule[] = alsoInDropIns([
  userRights,
  userNamespace,
  userPath,
  deniedStart,
  noLoopback,
  noNetwork,
  notifyUnreachable,
  closedRoot,
  emptyRoot,
  writableRoot,
  optionalPath,
  missingDevice,
  namespacePath,
  socketLists,
  closedSocket,
  privateListener,
  socketSandbox,
  mountApiVfs,
  ownRoot,
  privateMounts,
  removeIpc,
]);
