import { ACCESS_CHECKS } from "./checks/accessChecks.ts";
import { AMBIENT_CHECK, CAPABILITY_CHECKS } from "./checks/capabilitiesChecks.ts";
import type { Check } from "./checks/check.ts";
import { IDENTITY_CHECKS } from "./checks/identityChecks.ts";
import { CALL_CHECKS, FAMILY_CHECKS, NAMESPACE_CHECKS, SWITCH_CHECKS } from "./checks/restrictChecks.ts";
import { SANDBOX_CHECKS } from "./checks/sandboxChecks.ts";

export type { Check } from "./checks/check.ts";

/** All 81 checks in the order of systemd's own table, which is the same from 257 to 262. */
export const CHECKS: readonly Check[] = [
  IDENTITY_CHECKS.user,
  IDENTITY_CHECKS.supplementaryGroups,
  SANDBOX_CHECKS.privateDevices,
  SANDBOX_CHECKS.privateMounts,
  SANDBOX_CHECKS.privateNetwork,
  SANDBOX_CHECKS.privateTmp,
  SANDBOX_CHECKS.privateUsers,
  SANDBOX_CHECKS.protectControlGroups,
  SANDBOX_CHECKS.protectKernelModules,
  SANDBOX_CHECKS.protectKernelTunables,
  SANDBOX_CHECKS.protectKernelLogs,
  SANDBOX_CHECKS.protectClock,
  SANDBOX_CHECKS.protectHome,
  SANDBOX_CHECKS.protectHostname,
  SANDBOX_CHECKS.protectSystem,
  SANDBOX_CHECKS.rootDirectory,
  SWITCH_CHECKS.lockPersonality,
  SWITCH_CHECKS.memoryDenyWriteExecute,
  SWITCH_CHECKS.noNewPrivileges,
  ...CAPABILITY_CHECKS,
  SANDBOX_CHECKS.uMask,
  SANDBOX_CHECKS.keyringMode,
  SANDBOX_CHECKS.protectProc,
  SANDBOX_CHECKS.procSubset,
  SANDBOX_CHECKS.notifyAccess,
  IDENTITY_CHECKS.removeIpc,
  SANDBOX_CHECKS.delegate,
  SWITCH_CHECKS.restrictRealtime,
  SWITCH_CHECKS.restrictSuidSgid,
  ...NAMESPACE_CHECKS,
  ...FAMILY_CHECKS,
  ...CALL_CHECKS,
  ACCESS_CHECKS.addresses,
  ACCESS_CHECKS.devices,
  AMBIENT_CHECK,
];
