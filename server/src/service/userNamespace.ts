import type { DirectiveName } from "../catalog/catalog.ts";
import type { Lifetime } from "../facts/version.ts";
import { needsMountNamespace } from "../security/refusals/verifyPrograms.ts";
import type { UnitSettings } from "../security/settings.ts";
import type { Unit } from "../units/unit.ts";
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

/** Since when such a setting makes the namespace, and is not ignored; seen with 252 and 254 in a user manager. */
export const MAKES_USER_NAMESPACE: Lifetime = { since: 254 };

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

/** The same settings, to ask of one. */
export const NEEDS_USER_NAMESPACE: ReadonlySet<DirectiveName> = new Set(USER_NAMESPACE_SETTINGS);

/** The switches that take capabilities out of the bounding set. */
export const IMPLYING = ["PrivateDevices", "ProtectKernelModules", "ProtectKernelLogs", "ProtectClock"] as const;

/**
 * What a start ends with where the machine allows no user namespaces; all other settings are dropped there without a failure.
 * Seen with 257, each of them and the others.
 */
export const FAILING_WITHOUT_NAMESPACE: ReadonlyMap<DirectiveName, string> = new Map<DirectiveName, string>([
  ...IMPLYING.map((it) => [it, "218/CAPABILITIES"] as const),
  ["PrivateUsers", "217/USER"],
  ["PrivatePIDs", "226/NAMESPACE"],
  ["TemporaryFileSystem", "226/NAMESPACE"],
  ["RootDirectory", "210/CHROOT"],
]);

/** The settings of a unit that need such a namespace, in the order of the list above. */
export const needingUserNamespace = (unit: Unit): readonly DirectiveName[] =>
  USER_NAMESPACE_SETTINGS.filter((it) => !isOff(textOf(unit, it)));

/** A setting that brings it, to be named; undefined where the service has none. */
export const userNamespaceBy = (subject: LoadedUnit): DirectiveName | undefined =>
  hasUserNamespace(subject) ? needingUserNamespace(subject.unit)[0] : undefined;

const isOff = (value: string | undefined): boolean => /^(?:|no|n|false|f|off|0)$/i.test(value ?? "");
