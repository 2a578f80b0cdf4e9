import { effective } from "../security/effective.ts";
import { type Cover, hiddenBy } from "../security/world/access.ts";
import { serviceWorld } from "../security/world/world.ts";
import type { Unit } from "../units/unit.ts";
import { isOn, paths, textOf } from "./settings.ts";

/** Whether the commands run under a user that systemd makes up. */
export function isDynamic(unit: Unit): boolean {
  return unit.path.scope === "system" && isOn(unit, "DynamicUser");
}

/** Whether the service has its own root directory. */
export const hasOwnRoot = (unit: Unit): boolean => hasOtherRoot(unit) || hasEmptyRoot(unit);

/** Whether the files of the service lie in a directory or an image: paths without `+` then mean those of the host. */
export function hasOtherRoot(unit: Unit): boolean {
  return (["RootDirectory", "RootImage", "RootMStack"] as const).some((name) => (textOf(unit, name) ?? "/") !== "/");
}

/**
 * Whether the root is an empty file system. It is none where any other setting has something to say of `/`, such as
 * ProtectSystem=strict or NoExecPaths=/: systemd then drops TemporaryFileSystem=/ (seen with 257).
 */
export function hasEmptyRoot(unit: Unit): boolean {
  if (!paths(unit, "TemporaryFileSystem").includes("/")) return false;
  const world = serviceWorld(unit);
  return !world || world.files.mounts.get("/")?.mode === "tmpfs";
}

/** Whether the files that a service sees are not all those of the host. */
export function hasOwnFiles(unit: Unit): boolean {
  const { mountImages, present } = effective(unit).settings;
  return mountImages > 0 || present.has("ExtensionImages") || present.has("ExtensionDirectories") || hasOwnRoot(unit);
}

/** What hides the socket of notifications from a service; with another root systemd brings it along. */
export const notifyHiddenBy = (unit: Unit): Cover | undefined =>
  hasOtherRoot(unit) ? undefined : hiddenBy(unit, NOTIFY_SOCKET);

/** Over which a service says that it is ready. */
export const NOTIFY_SOCKET = "/run/systemd/notify";
