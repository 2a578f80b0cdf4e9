import type { DirectiveName } from "../catalog/catalog.ts";
import { needsMountNamespace } from "../security/refusals/verifyPrograms.ts";
import type { UnitSettings } from "../security/settings.ts";
import type { LoadedUnit } from "./loadedUnit.ts";
import { textOf } from "./settings.ts";

/**
 * Whether a user manager gives the service a user namespace of its own. Follows exec_context_need_unprivileged_private_users(),
 * systemd 257 to 262: what a user manager does not heed brings none, either.
 */
export function hasUserNamespace({ settings }: LoadedUnit): boolean {
  const heeded: UnitSettings = { ...settings, protectProc: "default", procSubset: "all", mountFlags: "" };
  return settings.privateUsers !== "no" || needsMountNamespace(heeded) || brings(settings);
}

const brings = ({ privateTmp, privateNetwork, protectClock, protectHostname, rootDirectory }: UnitSettings): boolean =>
  privateTmp !== "no" || privateNetwork || protectClock || protectHostname !== "no" || rootDirectory !== "";

/** The settings that bring it, but for those that few user units have, such as images. */
export const USER_NAMESPACE_SETTINGS = [
  "PrivateUsers",
  "PrivateTmp",
  "ProtectSystem",
  "ProtectHome",
  "PrivateDevices",
  "PrivateNetwork",
  "PrivateMounts",
  "PrivateIPC",
  "PrivatePIDs",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "ProtectClock",
  "ProtectHostname",
  "ReadWritePaths",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "ExecPaths",
  "NoExecPaths",
  "TemporaryFileSystem",
  "BindPaths",
  "BindReadOnlyPaths",
  "RootDirectory",
  "MountAPIVFS",
] as const satisfies readonly DirectiveName[];

/** A setting that brings it, to be named; undefined where the service has none. */
export const userNamespaceBy = (subject: LoadedUnit): DirectiveName | undefined =>
  hasUserNamespace(subject) ? USER_NAMESPACE_SETTINGS.find((it) => !isOff(textOf(subject.unit, it))) : undefined;

const isOff = (value: string | undefined): boolean => /^(?:|no|n|false|f|off|0)$/i.test(value ?? "");
