import type { DirectiveName } from "../catalog/catalog.ts";
import { capabilitiesOf, overlap } from "../security/capabilitySet.ts";
import { effective, effectiveWith } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { IMPLYING } from "../service/userNamespace.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, type FailureFix, LIKELY, linesToBlame, SURE } from "./cause.ts";
import type { Message } from "./evidence.ts";
import { addWord, fixes, setTo } from "./fixes.ts";
import type { Operation } from "./operations.ts";

/** Whether the lines of CapabilityBoundingSet= take a capability; what a switch takes is the switch's. */
export function lacks(unit: Unit, capability: string, switches: readonly DirectiveName[] = []): boolean {
  if (linesToBlame(unit, "CapabilityBoundingSet").length === 0 && !isEmptied(unit)) return false;
  const off = [...switches, ...IMPLYING].filter((it) => it !== "SocketBindDeny");
  const { settings } = effectiveWith(
    unit,
    off.map((directive) => ({ directive, value: "no" })),
  );
  return !overlap(settings.boundingSet, capabilitiesOf(capability));
}

const isEmptied = (unit: Unit): boolean =>
  !overlap(effective(unit).settings.boundingSet, capabilitiesOf("CAP_CHOWN", "CAP_KILL", "CAP_FOWNER"));

/** A user other than root has no capability, unless AmbientCapabilities= gives it. */
export function isUnprivileged(unit: Unit, capability: string): boolean {
  const { user, dynamicUser, ambientSet } = effective(unit).settings;
  if (unit.path.scope === "user" || !(dynamicUser || (user !== "" && !isRoot(user)))) return false;
  return !overlap(ambientSet, capabilitiesOf(capability));
}

/** Where the bounding set lacks it as well, only both settings together give a capability. */
export function* lackingCapability(
  unit: Unit,
  capability: string,
  { what, calls }: Operation,
  weight: number,
  isLost: boolean,
): Iterable<CausingSetting> {
  const by = linesToBlame(unit, "User").length > 0 ? "User" : "DynamicUser";
  const given = addWord(unit, "AmbientCapabilities", capability);
  const isBounded = !overlap(effective(unit).settings.boundingSet, capabilitiesOf(capability));
  const kept = isBounded ? addWord(unit, "CapabilityBoundingSet", capability) : undefined;
  const both: FailureFix | undefined = kept && {
    title: `${kept.title} and AmbientCapabilities=${capability}`,
    safe: false,
    sets: [...(kept.sets ?? []), ...(given.sets ?? [])],
    edits: () => [...kept.edits(), ...given.edits()],
    inDropIns: [...(kept.inDropIns ?? []), ...(given.inDropIns ?? [])],
  };
  const reason = `${by}= runs the commands without ${capability}, which ${what} needs`;
  yield cause(unit, by, weight, reason, [both ?? given], undefined, calls);
  if (isLost)
    yield cause(
      unit,
      "CapabilityBoundingSet",
      Math.min(weight - 3, LIKELY + 10),
      `CapabilityBoundingSet= removes ${capability}, so AmbientCapabilities= could not grant it to the user either`,
      fixes(both),
      undefined,
      calls,
    );
}

/** Programs that look who runs them. */
export function* rootCauses(unit: Unit, { text }: Message): Iterable<CausingSetting> {
  const { user, dynamicUser } = effective(unit).settings;
  if (!ROOT.test(text) || !(dynamicUser || (user !== "" && !isRoot(user)))) return;
  const by = linesToBlame(unit, "User").length > 0 ? "User" : "DynamicUser";
  yield cause(unit, by, LIKELY + 10, `${by}= runs the program as a user other than root, which it requires`);
}

const ROOT =
  /\b(?:only|must be|must run as|not|need\w*|requires?|run(?:ning)? as) (?:the )?root\b|root (?:privileges|permissions|rights)/i;

/** Programs that gain rights by the bits of their file. */
export function* privilegeCauses(unit: Unit, { text }: Message): Iterable<CausingSetting> {
  const { noNewPrivileges, dynamicUser } = effective(unit).settings;
  if (!noNewPrivileges || !NEEDS_BITS.test(text)) return;
  yield cause(
    unit,
    dynamicUser ? "DynamicUser" : "NoNewPrivileges",
    SURE,
    dynamicUser
      ? "DynamicUser= implies NoNewPrivileges=, so that set-uid programs such as sudo gain no privileges"
      : "NoNewPrivileges= prevents set-uid programs such as sudo from gaining privileges",
    dynamicUser ? [] : [setTo(unit, "NoNewPrivileges", "no")],
  );
}

/** Words of programs that the bits of their file give no rights to; postdrop hands mail to Postfix. */
const NEEDS_BITS =
  /no.new.privileges|effective uid is not 0|must be (?:owned by|setuid)|setuid root|nosuid|\b(?:postdrop|mail_queue_enter|maildrop)\b.*[Pp]ermission denied/i;
