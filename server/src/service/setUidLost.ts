import { type PerVersion, valueIn } from "../facts/version.ts";
import { capabilitiesOf, overlap } from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { setting, words } from "./settings.ts";

const SET_UID = capabilitiesOf("CAP_SETUID");
const IS_TAKEN: PerVersion<boolean> = { 0: false, 255: true };

const SWITCHES = [
  "LockPersonality",
  "MemoryDenyWriteExecute",
  "PrivateDevices",
  "ProtectClock",
  "ProtectHostname",
  "ProtectKernelLogs",
  "ProtectKernelModules",
  "ProtectKernelTunables",
  "RestrictRealtime",
  "RestrictSUIDSGID",
] as const;
const LISTS = ["RestrictAddressFamilies", "RestrictNamespaces", "SystemCallArchitectures", "SystemCallFilter"] as const;

/** Settings that bring a filter of system calls; each was seen to, with 257. */
export const FILTERS = [...SWITCHES, ...LISTS] as const;

/**
 * Whether a service has NoNewPrivileges= in its way to CAP_SETUID as soon as it has a filter of system calls: systemd takes the
 * capability where `User=` is set, even to root, and executing a program does not bring it back. Seen with 257; exec_invoke().
 */
export const maySetUidBeLost = memo((unit: Unit): boolean => {
  const { user, boundingSet, ambientSet, dynamicUser } = effective(unit).settings;
  const isAsked = isRoot(user) && !dynamicUser && unit.path.scope === "system";
  return isAsked && has(boundingSet) && !has(ambientSet) && valueIn(IS_TAKEN, unit.version);
});

const has = (set: typeof SET_UID): boolean => overlap(set, SET_UID);

/** The first setting of a unit that brings a filter, undefined where none does. */
export function filterIn(unit: Unit): (typeof FILTERS)[number] | undefined {
  const isNone = (it: string): boolean => /^(?:no|false|off|n|f|0)$/i.test(it);
  return (
    SWITCHES.find((it) => (setting(unit, it)?.value ?? "no") !== "no") ??
    LISTS.find((it) => words(unit, it).some((word) => it !== "RestrictNamespaces" || !isNone(word)))
  );
}
