import { programReading } from "../needs/programReading.ts";
import { makesUsualCalls } from "../needs/readCalls.ts";
import { type ReadDecision, readDecision } from "../needs/readDecision.ts";
import { readFamilies } from "../needs/readFamilies.ts";
import { isScripted, readSigns } from "../needs/readNeed.ts";
import { USUAL_CALLS, USUAL_FAMILIES } from "../needs/usualValues.ts";
import type { ProgramReading } from "../program/reading.ts";
import type { Facts } from "../service/facts.ts";
import type { Kind } from "../service/kinds.ts";
import { textOf } from "../service/settings.ts";
import { NEEDS_USER_NAMESPACE } from "../service/userNamespace.ts";
import { type Excluded, excludedBy, isBeyondOwner } from "./exclusions.ts";
import type { HardeningDirective } from "./profiles.ts";

/**
 * What the files of its programs say of a setting, where they can be read; of homes and /tmp nothing where its user is a person,
 * and nothing of what in a user unit brings a user namespace.
 */
export function settingRead(directive: HardeningDirective, facts: Facts, value: string): ReadDecision | undefined {
  const isPerson = facts.personal || (facts.user !== undefined && !hasOwnUser(facts));
  if (isPerson && FOR_PERSONS.has(directive)) return undefined;
  if (facts.unit.path.scope === "user" && NEEDS_USER_NAMESPACE.has(directive)) return undefined;
  const reading = programReading(facts);
  if (!reading) return undefined;
  const [first, ...more] = value.split(" ");
  if (directive === "RestrictAddressFamilies")
    return first?.startsWith("~") ? undefined : readFamilies(reading, value.split(" "), facts.privileged);
  if (directive === "CapabilityBoundingSet") return withoutGains(reading, facts);
  if (directive !== "SystemCallFilter") return readDecision(reading, directive, facts.privileged);
  const usual = first === "@system-service" ? makesUsualCalls(reading, facts.privileged, more) : undefined;
  return usual === undefined ? undefined : { says: "for", grade: "read", reason: usual };
}

/** A user without rights gains none where none of its programs starts one that has them. */
function withoutGains(reading: ProgramReading, { privileged }: Facts): ReadDecision | undefined {
  const isGranted = reading.files.some(({ signs }) => signs.some((it) => it.sign === "granted"));
  const read = privileged || isGranted ? undefined : readDecision(reading, "NoNewPrivileges", false);
  return read?.says === "for" ? { ...read, reason: `it has no rights of root, and ${read.reason}` } : undefined;
}

/** What programs of a user that is a person's do with that person's files. */
const FOR_PERSONS: ReadonlySet<HardeningDirective> = new Set(["ProtectHome", "PrivateTmp"]);

/**
 * Settings about calls that stand in the imports of a program, whatever it is told to do: of the 177 native and 38 Go programs that
 * were compared with runs none whose own code makes none of them was refused by one.
 */
const OF_CALLS: ReadonlySet<HardeningDirective> = new Set([
  "CapabilityBoundingSet",
  "LockPersonality",
  "MemoryDenyWriteExecute",
  "NoNewPrivileges",
  "ProtectHostname",
  "ProtectKernelLogs",
  "ProtectKernelModules",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
  "RestrictRealtime",
  "RestrictSUIDSGID",
  "SystemCallFilter",
]);

/** The lists that usual services bear, where a setting has one. */
export const USUAL_OF: Readonly<Partial<Record<HardeningDirective, string>>> = {
  RestrictAddressFamilies: USUAL_FAMILIES.join(" "),
  SystemCallFilter: USUAL_CALLS.join(" "),
};

/**
 * Whether a program shows more than words say of it: all that it could call where a setting is about calls, and a proof of anything.
 * What a kind of programs does by configuration or by those that it starts stands in none of them.
 */
export function isReadAbove(what: "kind" | "words", directive: HardeningDirective, facts: Facts): boolean {
  const read = settingRead(directive, facts, USUAL_OF[directive] ?? "yes");
  const reading = programReading(facts);
  // That was measured of machine code alone.
  if (read?.says !== "for" || !reading || isScripted(reading)) return false;
  const isOfProgram = OF_CALLS.has(directive) || OF_KERNEL_PATHS.has(directive);
  if (what === "words") return read.grade === "proven" || isOfProgram;
  const isOfKind = isOfProgram || (directive === "PrivateDevices" && !worksOnHardware(facts));
  return isOfKind && !startsPrograms(facts) && ![...facts.kinds].some(isBeyondOwner);
}

/** Whether it is a kind of programs that all devices stay open for: the machines of the runs have no such hardware. */
const worksOnHardware = ({ kinds }: Facts): boolean => excludedBy("DevicePolicy", kinds) !== undefined;

/** Settings about places of the kernel, which stand in a program, and not in what it is configured to serve. */
const OF_KERNEL_PATHS: ReadonlySet<HardeningDirective> = new Set([
  "ProtectControlGroups",
  "ProtectKernelTunables",
  "ProtectProc",
]);

/** Whether something in its own code starts programs, whichever. */
export const startsPrograms = (facts: Facts): boolean =>
  programReading(facts)?.files.some(({ own, signs }) => own && signs.some((it) => it.sign === "exec")) ?? false;

/** Whether the programs of a service are read whole, and could start no other. */
function startsNothing(facts: Facts): boolean {
  const reading = programReading(facts);
  if (!reading || reading.isLate) return false;
  return readSigns(reading, { signs: ["exec", "plugins"] }, facts.privileged)?.says === "no";
}

/** Why some kinds of a service must not get a setting; where it starts nothing, what such programs start is no reason. */
export function excludedIn(facts: Facts, name: Excluded, kinds: Iterable<Kind>): string | undefined {
  const reason = excludedBy(name, kinds);
  return reason === undefined || excludedBy(name, kinds, true) === reason || !startsNothing(facts)
    ? reason
    : excludedBy(name, kinds, true);
}

/** Whether a service runs as a user that is named after it, or as its folder is. */
export function hasOwnUser({ dynamic, user = "", unit, programs, programPaths }: Facts): boolean {
  const folders = [textOf(unit, "WorkingDirectory") ?? "", ...programPaths].flatMap((it) => it.split("/"));
  const names = [unit.path.name ?? "", ...programs.flatMap((it) => it.names), ...folders];
  return dynamic || (user.length > 2 && names.some((it) => it.toLowerCase().startsWith(user.toLowerCase())));
}
