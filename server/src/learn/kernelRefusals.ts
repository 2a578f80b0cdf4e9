import { NAMESPACES } from "../security/assign/assignRestrict.ts";
import { ALL_CAPABILITIES, type CapabilitySet, capabilitiesOf, overlap } from "../security/capabilitySet.ts";
import { effectiveWith } from "../security/effective.ts";
import type { UnitSettings } from "../security/settings.ts";
import { factsOf } from "../service/facts.ts";
import { textOf } from "../service/settings.ts";
import type { Unit } from "../units/unit.ts";
import type { LearntSetting } from "./learnt.ts";
import { withResets } from "./settings/resets.ts";

/** Groups of which the kernel makes every call for those alone who have a right, and the rights that are asked for. */
const GROUPS: readonly (readonly [group: string, rights: CapabilitySet])[] = [
  ["@module", capabilitiesOf("CAP_SYS_MODULE")],
  ["@mount", capabilitiesOf("CAP_SYS_ADMIN", "CAP_SYS_CHROOT")],
  ["@raw-io", capabilitiesOf("CAP_SYS_RAWIO", "CAP_SYS_ADMIN")],
  ["@reboot", capabilitiesOf("CAP_SYS_BOOT")],
  ["@swap", capabilitiesOf("CAP_SYS_ADMIN")],
];

/**
 * The same settings with what takes nothing that the kernel would not refuse anyway, where only the kind of program speaks against a
 * setting as a whole: for a user who has no rights and gains none an empty set of capabilities, and for all the calls that the rights
 * which are left do not allow.
 */
export function withKernelRefusals(
  settings: readonly LearntSetting[],
  unit: Unit,
  isOfKind: (it: LearntSetting) => boolean,
): readonly LearntSetting[] {
  const open = new Set(settings.filter((it) => it.grade === "refused" && it.known && isOfKind(it)));
  const bounded = settings.map((it) =>
    open.has(it) && it.key === "CapabilityBoundingSet" && hasNoRights(unit, stateWith(settings, unit)) ? given(it) : it,
  );
  const [first, ...others] = bounded.filter((it) => open.has(it) && it.key === "SystemCallFilter");
  if (!first) return bounded;
  const state = stateWith(bounded, unit);
  const used = new Set([first, ...others].flatMap((it) => it.value.split(" ")));
  const groups = state.systemCalls ? [] : refusedGroups(unit, state).filter((it) => !used.has(it));
  if (groups.length === 0) return bounded;
  const denied = given(first, `~${groups.join(" ")}`);
  return bounded.flatMap((it) => (it === first ? [denied] : others.includes(it) ? [] : [it]));
}

/** Whether a setting takes nothing that the kernel would not refuse anyway, once all of some are added to a unit. */
export function takesNothing(settings: readonly LearntSetting[], unit: Unit): (it: LearntSetting) => boolean {
  const state = stateWith(settings, unit);
  const groups = refusedGroups(unit, state);
  return ({ key, value }) =>
    key === "CapabilityBoundingSet"
      ? hasNoRights(unit, state)
      : key === "SystemCallFilter" &&
        /^~@/.test(value) &&
        value
          .slice(1)
          .split(" ")
          .every((it) => groups.includes(it));
}

/** The settings of a unit as they are once those that are not refused are added. */
const stateWith = (settings: readonly LearntSetting[], unit: Unit): UnitSettings => {
  const lines = settings.filter((it) => it.part === "settings" && it.grade !== "refused");
  return effectiveWith(
    unit,
    withResets(unit, lines).map(({ key, value }) => ({ directive: key, value })),
  ).settings;
};

/** Whether no process of a service has a capability, nor gains one by what it starts. */
const hasNoRights = (unit: Unit, { noNewPrivileges, ambientSet }: UnitSettings): boolean =>
  !factsOf(unit).privileged &&
  noNewPrivileges &&
  !overlap(ambientSet, ALL_CAPABILITIES) &&
  textOf(unit, "PAMName") === undefined;

const USER_NAMESPACES = 1 << NAMESPACES.indexOf("user");

/** The groups that are refused by the rights that are left; in a user namespace of its own a service would have all. */
function refusedGroups(unit: Unit, state: UnitSettings): readonly string[] {
  const rights = hasNoRights(unit, state) ? capabilitiesOf() : state.boundingSet;
  const makesUsers = state.namespaces === undefined || (state.namespaces & USER_NAMESPACES) !== 0;
  return GROUPS.flatMap(([group, needed]) =>
    overlap(rights, needed) || (group === "@mount" && makesUsers) ? [] : [group],
  );
}

/** The same setting as one that takes nothing; its own is refused as a whole for a reason. */
const given = ({ known: _, ...it }: LearntSetting, value = it.value): LearntSetting => ({
  ...it,
  value,
  grade: "seen",
  evidence: `the kernel refuses this to it anyway, for want of rights${value === it.value ? "" : `; ${it.key}=${it.value} is ${it.evidence}`}`,
});
