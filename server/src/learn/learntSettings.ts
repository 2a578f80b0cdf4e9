import type { DirectiveName } from "../catalog/catalog.ts";
import { sharesMounts } from "../service/facts.ts";
import type { Unit } from "../units/unit.ts";
import { type RunHost, UNKNOWN_HOST } from "./host.ts";
import type { LearntSetting } from "./learnt.ts";
import { inUnitOrder } from "./learntUnit.ts";
import type { Needs } from "./needs.ts";
import { callFilter, namespaces, processFiles } from "./settings/calls.ts";
import { capabilities, newPrivileges } from "./settings/capabilities.ts";
import { devices } from "./settings/deviceSettings.ts";
import { fileSystem, hostMounts } from "./settings/fileSystem.ts";
import { unlessHeld } from "./settings/held.ts";
import { homes, temporary } from "./settings/homes.ts";
import { newFiles, ownIpc, ownKeyring, ownUsers } from "./settings/identity.ts";
import { kernel } from "./settings/kernel.ts";
import { type LearnContext, type LearnRule, learnContext, refused } from "./settings/learnContext.ts";
import { executableMemory } from "./settings/memory.ts";
import { addressFamilies, addressLists, ownNetwork } from "./settings/networkSettings.ts";

const RULES: readonly LearnRule[] = [
  fileSystem,
  homes,
  temporary,
  newFiles,
  devices,
  kernel,
  processFiles,
  newPrivileges,
  capabilities,
  ownUsers,
  namespaces,
  executableMemory,
  ownIpc,
  ownKeyring,
  callFilter,
  addressFamilies,
  ownNetwork,
  addressLists,
];

/**
 * The settings that a run speaks for or against, in the order in which units have them. What the unit sets as strictly
 * already is left out.
 */
export function learntSettings(needs: Needs, unit: Unit, host: RunHost = UNKNOWN_HOST): readonly LearntSetting[] {
  const context = learnContext(needs, unit, host);
  const all = unlessHeld(
    context,
    withoutMounts(
      context,
      RULES.flatMap((rule) => rule(context)),
    ),
  );
  return inUnitOrder(all);
}

/** Settings that part the mounts of a service from those of the host. */
export const MOUNTING: ReadonlySet<string> = new Set<DirectiveName>([
  "ProtectSystem",
  "ReadWritePaths",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectHostname",
  "ProtectProc",
  "ProcSubset",
  "PrivateIPC",
]);

/** The same settings, with those refused that would hide mounts of the service from the host. */
function withoutMounts(context: LearnContext, settings: readonly LearntSetting[]): readonly LearntSetting[] {
  const mounts = hostMounts(context);
  const shares = sharesMounts(context.unit);
  if (!mounts && !shares) return settings;
  const reason = mounts ? "it mounts file systems, which the host would no longer see" : SHARED;
  return settings.flatMap((it) => {
    if (!MOUNTING.has(it.key) || it.grade === "refused") return [it];
    return it.key === "ReadWritePaths" ? [] : [refused(it.key as DirectiveName, it.value, reason, mounts?.sights)];
  });
}

const SHARED = "the unit shares its mounts with the host";
