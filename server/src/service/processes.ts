import {
  type CapabilitySet,
  capabilitiesOf,
  NO_CAPABILITIES,
  overlap,
  sameSet,
  without,
} from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import { isRoot, runsAsRoot, type UnitSettings } from "../security/settings.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import type { Facts } from "./facts.ts";
import type { Kind } from "./kinds.ts";
import type { Program } from "./program.ts";
import { ROOT_CAPABILITIES } from "./rootCapabilities.ts";
import { inForce } from "./settings.ts";

const PTRACE = capabilitiesOf("CAP_SYS_PTRACE");
const SETUID = capabilitiesOf("CAP_SETUID");
const FOR_ROOT = capabilitiesOf(...ROOT_CAPABILITIES);

/**
 * Why ProtectProc= with such a value hides no process from a service: it stays root, or it has CAP_SYS_PTRACE or the
 * group of root. Undefined where it hides some (seen with 257: root, members of its group and holders of CAP_SYS_PTRACE
 * still find /proc/1; only `ptraceable` hides it from root, once the capability is gone).
 */
export function seesProcesses(facts: Facts, value: string): "root" | "capability" | "group" | undefined {
  const { settings } = effective(facts.unit);
  const { boundingSet, ambientSet, privateUsers, privatePids, group } = settings;
  if (privatePids !== "no" && privatePids !== "") return undefined;
  const root = runsAsRoot(settings);
  const held = overlap(boundingSet, PTRACE) && (root || overlap(ambientSet, PTRACE));
  const ptrace = held && privateUsers === "no";
  const member = value !== "ptraceable" && (group === "" ? root : isRoot(group));
  if (!(ptrace || member) || (root && mayLeaveRoot(facts, settings))) return undefined;
  return root ? "root" : ptrace ? "capability" : "group";
}

/** Kinds of programs that start as root and go on as another user, from whom ProtectProc= does hide processes. */
const DROPS: readonly Kind[] = [
  "printing",
  "clock",
  "database",
  "mail",
  "syslog",
  "script",
  "web",
  "index",
  "cron",
  "login",
  "runner",
  "sharing",
];

function mayLeaveRoot({ unit, kinds, programs }: Facts, { boundingSet }: UnitSettings): boolean {
  if (!overlap(boundingSet, SETUID)) return false;
  return limitsCapabilities(unit, boundingSet) || DROPS.some((it) => kinds.has(it)) || namesUser(programs);
}

/** Whether somebody chose the capabilities; those that any daemon of root is left with tell nothing of this one. */
function limitsCapabilities(unit: Unit, boundingSet: CapabilitySet): boolean {
  const first = inForce(unit, "CapabilityBoundingSet")[0]?.value.text ?? "~";
  return !first.startsWith("~") && !sameSet(without(FOR_ROOT, boundingSet), NO_CAPABILITIES);
}

const namesUser = memo((programs: readonly Program[]): boolean =>
  programs.some(({ args }) => args.some((it) => /^(?:-u|--?user(?:name)?(?:=.*)?|--?setuid(?:=.*)?)$/.test(it))),
);
