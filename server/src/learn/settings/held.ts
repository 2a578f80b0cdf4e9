import type { DirectiveName } from "../../catalog/catalog.ts";
import { NAMESPACES } from "../../security/assign/assignRestrict.ts";
import { sameSet } from "../../security/capabilitySet.ts";
import { type Extra, effective, effectiveWith } from "../../security/effective.ts";
import type { UnitSettings } from "../../security/settings.ts";
import type { Unit } from "../../units/unit.ts";
import type { LearntSetting } from "../learnt.ts";
import type { LearnContext } from "./learnContext.ts";
import { withResets } from "./resets.ts";

/** Values from weak to strong. */
const ORDERS: Partial<
  Record<DirectiveName, { readonly of: (it: UnitSettings) => string; readonly order: readonly string[] }>
> = {
  ProtectSystem: { of: (it) => it.protectSystem, order: ["no", "yes", "full", "strict"] },
  ProtectHome: { of: (it) => it.protectHome, order: ["no", "read-only", "tmpfs", "yes"] },
  PrivateTmp: { of: (it) => it.privateTmp, order: ["no", "yes", "disconnected"] },
  PrivateUsers: { of: (it) => it.privateUsers, order: ["no", "full", "identity", "managed", "self", "yes"] },
  ProtectControlGroups: { of: (it) => it.protectControlGroups, order: ["no", "yes", "private", "strict"] },
  ProtectHostname: { of: (it) => it.protectHostname, order: ["no", "yes", "private"] },
  ProtectProc: { of: (it) => it.protectProc, order: ["default", "ptraceable", "noaccess", "invisible"] },
  ProcSubset: { of: (it) => it.procSubset, order: ["all", "pid"] },
  DevicePolicy: { of: (it) => it.devicePolicy, order: ["auto", "closed", "strict"] },
};

const SWITCHES: Partial<Record<DirectiveName, (it: UnitSettings) => boolean>> = {
  PrivateDevices: (it) => it.privateDevices,
  PrivateNetwork: (it) => it.privateNetwork,
  PrivateIPC: (it) => it.privateIpc,
  ProtectKernelModules: (it) => it.protectKernelModules,
  ProtectKernelTunables: (it) => it.protectKernelTunables,
  ProtectKernelLogs: (it) => it.protectKernelLogs,
  ProtectClock: (it) => it.protectClock,
  LockPersonality: (it) => it.lockPersonality,
  MemoryDenyWriteExecute: (it) => it.memoryDenyWriteExecute,
  NoNewPrivileges: (it) => it.noNewPrivileges,
  RemoveIPC: (it) => it.removeIpc,
  RestrictRealtime: (it) => it.restrictRealtime,
  RestrictSUIDSGID: (it) => it.restrictSuidSgid,
};

/** Those of some settings that add to what the unit sets; of lists, all lines of one or none. */
export function unlessHeld(
  { unit }: Pick<LearnContext, "unit">,
  settings: readonly LearntSetting[],
): readonly LearntSetting[] {
  const lists = new Map<string, boolean>();
  const kept = settings.filter((it) => {
    if (!LISTS[it.key]) return !holdsAlready(unit, it);
    const held = lists.get(it.key) ?? holdsList(unit, it.key, settings);
    lists.set(it.key, held);
    return !held;
  });
  // How a call fails belongs to the filter.
  const filters = kept.some((it) => it.key === "SystemCallFilter");
  return kept.filter((it) => filters || it.key !== "SystemCallErrorNumber");
}

/** Whether a unit is as strict already as a setting of one value would make it. */
export function holdsAlready(unit: Unit, { key, value }: LearntSetting): boolean {
  const { settings } = effective(unit);
  const name = key as DirectiveName;
  const scale = ORDERS[name];
  if (scale) return scale.order.indexOf(scale.of(settings)) >= scale.order.indexOf(value);
  const isOn = SWITCHES[name];
  if (isOn) return isOn(settings);
  if (name === "UMask") return (Number.parseInt(value, 8) & ~settings.uMask) === 0;
  if (name === "KeyringMode") return settings.keyringMode === value;
  if (name === "SystemCallArchitectures") return settings.systemCallArchitectures.size > 0;
  return false;
}

/** Of lists: whether the first of two states lets through no more than the second. */
const LISTS: Readonly<Record<string, (own: UnitSettings, learnt: UnitSettings) => boolean>> = {
  CapabilityBoundingSet: (own, learnt) => sameSet(own.boundingSet, learnt.boundingSet),
  RestrictAddressFamilies: ({ addressFamilies: own }, { addressFamilies: learnt }) =>
    own.allow && [...(own.members ?? [])].every((it) => learnt.members?.has(it) === true),
  RestrictNamespaces: (own, learnt) =>
    own.namespaces !== undefined && (own.namespaces & ~(learnt.namespaces ?? 0)) % (1 << NAMESPACES.length) === 0,
  SystemCallFilter: ({ systemCalls: own }, { systemCalls: learnt }) =>
    own?.allow === true && own.members.every((bits, i) => (bits & ~(learnt?.members[i] ?? 0)) === 0),
};

function holdsList(unit: Unit, key: string, settings: readonly LearntSetting[]): boolean {
  const lines = settings.filter((it) => it.key === key && it.grade !== "refused");
  if (lines.length === 0) return false;
  const extra = withResets(unit, lines).map(({ key: directive, value }): Extra => ({ directive, value }));
  return LISTS[key]?.(effective(unit).settings, effectiveWith(unit, extra).settings) === true;
}
