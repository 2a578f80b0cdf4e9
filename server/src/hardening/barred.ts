import type { HardeningDirective } from "./profiles.ts";

/** A setting, or its strict value only, where the gentle one still holds. */
type Barred = HardeningDirective | "ProtectHome=tmpfs" | "ProtectSystem=strict";

/** Why a kind of program must not get some settings. */
export interface Exclusion {
  /** The kind, as a noun with its article. */
  readonly noun: string;
  readonly bars: readonly (readonly [because: string, ...settings: readonly Barred[]])[];
}

/** Settings that give the service a mount namespace: what it mounts stays inside. */
export const MOUNT_NAMESPACE = [
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectHostname",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "ProtectProc",
  "ProcSubset",
] as const satisfies readonly Barred[];

/** What takes rights away from code that is not seen here. */
export const RIGHTS = [
  "ProtectClock",
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "NoNewPrivileges",
  "RestrictAddressFamilies",
  "SystemCallFilter",
  "CapabilityBoundingSet",
  "PrivateUsers",
  "MemoryDenyWriteExecute",
  "UMask",
  "RemoveIPC",
  "PrivateNetwork",
  "IPAddressDeny",
  "NoExecPaths",
  "TemporaryFileSystem",
] as const satisfies readonly Barred[];

/** Settings that change nothing about how single programs run, except for odd ones. */
export const HARMLESS = [
  "RestrictRealtime",
  "LockPersonality",
  "SystemCallArchitectures",
] as const satisfies readonly Barred[];

/** All of them. */
export const EVERYTHING = [
  ...MOUNT_NAMESPACE,
  ...RIGHTS,
  ...HARMLESS,
  "DynamicUser",
] as const satisfies readonly Barred[];
