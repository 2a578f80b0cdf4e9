import { serviceWorld } from "../security/world/world.ts";
import type { Unit } from "../units/unit.ts";
import { isOn, paths, text } from "./settings.ts";

/** Whether the commands run under a user that systemd makes up. */
export function isDynamic(unit: Unit): boolean {
  return unit.path.scope === "system" && isOn(unit, "DynamicUser");
}

/** Whether the service has a root of its own. */
export const hasOwnRoot = (unit: Unit): boolean => hasOtherRoot(unit) || hasEmptyRoot(unit);

/** Whether the files of the service lie in a directory or an image: paths without `+` then mean those of the host. */
export function hasOtherRoot(unit: Unit): boolean {
  return (["RootDirectory", "RootImage", "RootMStack"] as const).some((name) => (text(unit, name) ?? "/") !== "/");
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

/** Whether a User= value leaves the commands to root. */
export function isRoot(user: string | undefined): boolean {
  return user === undefined || user === "root" || /^0+$/.test(user);
}
