import { effective } from "../security/effective.ts";
import { loadedUnit } from "../service/loadedUnit.ts";
import { isOn } from "../service/settings.ts";
import { hasUserNamespace } from "../service/userNamespace.ts";
import type { Unit } from "../units/unit.ts";
import type { HardeningDirective } from "./profiles.ts";

/** Settings that switch PrivateUsers= on in user units (pitfall 101). */
const NEEDS_USER_NAMESPACE: ReadonlySet<HardeningDirective> = new Set([
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectHostname",
  "ProtectClock",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "PrivateUsers",
  "PrivateNetwork",
  "TemporaryFileSystem",
  "NoExecPaths",
]);

/**
 * A person's programs start others; there all but UMask= sets no_new_privs, too (pitfall 16). With PrivateUsers=yes nothing
 * is left that it could take: seen, a set-uid program of root runs as the user, whom alone the namespace knows.
 */
export function inUserUnit(name: HardeningDirective, unit: Unit): string | undefined {
  const where = "not safe in a user unit: it";
  if (NEEDS_USER_NAMESPACE.has(name)) return `${where} needs a user namespace, which not every machine allows`;
  const idle = effective(unit).settings.privateUsers === "yes";
  const given = name === "UMask" || isOn(unit, "NoNewPrivileges") || idle || mayLoseNothing(name, unit);
  return given ? undefined : `${where} removes the privileges of set-uid helpers such as fusermount`;
}

/** Where other settings bring the namespace, set-uid programs have no rights already, but for machines that allow none. */
function mayLoseNothing(name: HardeningDirective, unit: Unit): boolean {
  const loaded = name === "NoNewPrivileges" ? loadedUnit(unit) : undefined;
  return loaded?.settings.privateUsers === "no" && hasUserNamespace(loaded);
}

/** Whether it is such a namespace that makes NoNewPrivileges= harmless, not one that the unit asks for. */
export const onlyMaybeIdle = (unit: Unit): boolean =>
  unit.path.scope === "user" && effective(unit).settings.privateUsers !== "yes";

/** What has to hold there. */
export const MAYBE_IDLE = { doubt: "if the machine allows user namespaces, or it runs no set-user-ID programs" };
