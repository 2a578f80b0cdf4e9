import { effective } from "../security/effective.ts";
import { hasOwnRoot } from "../service/effective.ts";
import { paths } from "../service/settings.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import type { HardeningDirective } from "./profiles.ts";

/** Whether all of the host's files are read-only as far as nothing else speaks of them. */
export const isLocked = memo(
  (unit: Unit): boolean => hasReadOnlyRoot(unit) || effective(unit).settings.protectSystem === "strict",
);

/** Whether the unit says so of every single file system, those of the kernel included. */
export const hasReadOnlyRoot = (unit: Unit): boolean => paths(unit, "ReadOnlyPaths").includes("/");

/** Settings with which systemd looks after the mounts of /proc, /sys, /dev and /run. */
const KERNEL_MOUNTS: ReadonlySet<HardeningDirective> = new Set([
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "ProtectProc",
  "ProcSubset",
  "PrivateBPF",
]);

/** Keeps /run as it is where such a setting would open it. */
export const KEEP_RUN = "ReadOnlyPaths=/run";

/**
 * Whether a setting would make /run writable: the first one that has systemd look after the mounts of the kernel does so
 * in a file system that is read-only otherwise (seen with 257).
 */
export function opensRun(name: HardeningDirective, unit: Unit): boolean {
  return KERNEL_MOUNTS.has(name) && isClosed(unit);
}

/** Whether /run is read-only only as long as nothing has systemd look after those mounts. */
const isClosed = memo((unit: Unit): boolean => {
  if (!isLocked(unit) || hasOwnRoot(unit)) return false;
  const { mountApiVfs, protectControlGroups, protectKernelTunables, protectProc, procSubset, privateBpf, privatePids } =
    effective(unit).settings;
  const opened = mountApiVfs || protectKernelTunables || protectProc !== "default" || procSubset !== "all";
  if (opened || protectControlGroups !== "no" || privateBpf !== "no" || privatePids !== "no") return false;
  return !speaksOf(unit, "/run");
});

/** Whether some list names a path as it is. */
export const speaksOf = (unit: Unit, path: string): boolean =>
  SPEAK_OF_PATHS.some((it) => paths(unit, it).includes(path));

const SPEAK_OF_PATHS = [
  "ReadWritePaths",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "TemporaryFileSystem",
  "ExecPaths",
  "NoExecPaths",
] as const;
