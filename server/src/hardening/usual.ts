import { baseRate, type RatedDaemons, rateText } from "../needs/baseRate.ts";
import { isNeeded } from "../needs/decided.ts";
import { programReading } from "../needs/programReading.ts";
import { readFamilies } from "../needs/readFamilies.ts";
import { isSource } from "../needs/sourceReading.ts";
import { CALLS_OF_ROOT, FAMILIES_OF_ALL, OLD_FAMILIES, UNUSUAL_CALLS, USUAL_FAMILIES } from "../needs/usualValues.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import { packaged } from "../service/origin.ts";
import { textOf, words } from "../service/settings.ts";
import { callsRead, capabilitiesRead, groupsNotCalledBy, seldomRead } from "./callsRead.ts";
import { hasEvidence, leavesOpen } from "./evidence.ts";
import { isBeyondOwner } from "./exclusions.ts";
import type { Fit } from "./fit.ts";
import { neededIn } from "./needed.ts";
import type { HardeningDirective } from "./profiles.ts";
import { copiesFiles, hidesProgram } from "./readCommands.ts";
import { refusedAnyway, type UsualValue, withoutCapabilities, withoutRawPackets } from "./refusedAnyway.ts";
import { concerns } from "./rights.ts";

/**
 * The least share of measured daemons that has to bear what is added because it is usual. What only fewer bear may break a
 * service that nobody has seen.
 */
const LEAST = 0.98;

/** What nearly all bear that start with rights of root, as it is about calls that the programs make themselves. */
const WITH_RIGHTS: ReadonlySet<HardeningDirective> = new Set([
  "RestrictNamespaces",
  "RestrictSUIDSGID",
  "RestrictRealtime",
]);

/** What programs of the distribution bear that never have rights of root: the machines of the runs have no hardware and little mail. */
const WITHOUT_RIGHTS: ReadonlySet<HardeningDirective> = new Set([
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "RestrictAddressFamilies",
  "SystemCallFilter",
]);

/** What closes devices that anybody may open, such as those of tunnels, GPUs and virtual machines. */
const OF_DEVICES: ReadonlySet<HardeningDirective> = new Set(["PrivateDevices", "ProtectClock"]);

/** Why a service of which nothing else is known bears a value, with how many others do; undefined where too few do. */
export function usualReason(directive: HardeningDirective, value: string, facts: Facts): string | undefined {
  if (facts.personal || facts.unit.path.scope === "user" || leavesOpen(directive, facts)) return undefined;
  if (directive === "RestrictSUIDSGID" && copiesFiles(facts)) return undefined;
  const line = `${directive}=${value}`;
  if (hasRights(facts) && WITH_RIGHTS.has(directive) && !isOpaque(facts)) return rateOf(line, "root");
  if (facts.privileged || hasEvidence(facts)) return undefined;
  const rate = isAlone(facts) && !OF_DEVICES.has(directive) ? rateOf(line) : undefined;
  if (rate !== undefined) return `systemd makes its user up, which is in no group, and ${rate}`;
  const isBorne = WITHOUT_RIGHTS.has(directive) && packaged(facts) && !concerns(directive, facts);
  return isBorne ? rateText(line, "others") : undefined;
}

/** A rate as the end of a sentence, where it is high enough. */
function rateOf(line: string, of: RatedDaemons = "all"): string | undefined {
  const rate = baseRate(line, of);
  return rate && rate.borne / rate.total >= LEAST ? rateText(line, of) : undefined;
}

const hasRights = ({ privileged, capabilities }: Facts): boolean => privileged || capabilities.length > 0;

/** Whether its user is in no group whose devices and files it could use. */
const isAlone = ({ dynamic, unit, capabilities }: Facts): boolean =>
  dynamic &&
  capabilities.length === 0 &&
  textOf(unit, "Group") === undefined &&
  words(unit, "SupplementaryGroups").length === 0;

/**
 * Whether nothing shows what a service of root really starts: a script, or a program that a vendor put among those of the
 * distribution, whose units write out that they run as root.
 */
function isOpaque({ programs, unit }: Facts): boolean {
  const started = programs.filter((it) => it.setting === "ExecStart");
  if (started.every(isKnownByName)) return false;
  return started.some((it) => it.script) || /^(?:root|0)$/.test(textOf(unit, "User") ?? "");
}

/** Whether it names neither what speaks against a setting nor a capability. */
const isSilent = (facts: Facts): boolean => facts.capabilities.length === 0 && !hasEvidence(facts);

/**
 * The value of a list that takes only what hardly any program needs; undefined where something speaks against even that. `added`
 * are lines that come as well.
 */
export function usualValue(
  directive: HardeningDirective,
  fit: Fit,
  facts: Facts,
  added: readonly string[] = [],
): UsualValue | undefined {
  const { personal, kinds, unit } = facts;
  if (personal || unit.path.scope === "user") return undefined;
  if (directive === "CapabilityBoundingSet")
    return facts.privileged ? unusedCapabilities(facts) : withoutCapabilities(fit, facts, added);
  if (directive === "SystemCallFilter" && fit.against === undefined) return calls(facts);
  // Programs for 32 bits get around the list.
  const isOfSockets = directive === "RestrictAddressFamilies" && fit.against === undefined;
  const seen = isOfSockets ? familiesOfAll(facts, added) : undefined;
  if (seen) return seen;
  const isQuiet = isOfSockets && kinds.size === 0 && isSilent(facts) && !hidesProgram(facts);
  const value = `~${OLD_FAMILIES.join(" ")}`;
  const reason = isQuiet ? rateOf(`${directive}=${value}`) : undefined;
  if (reason !== undefined) return { confidence: { grade: "usual", reason, value }, lines: [] };
  return isOfRights(directive) ? refusedAnyway(directive, fit, facts, added) : undefined;
}

/**
 * The families that all measured daemons had enough with, where nothing in its programs speaks of another; without that of raw packets
 * where the kernel refuses it anyway.
 */
function familiesOfAll(facts: Facts, added: readonly string[]): UsualValue | undefined {
  const reading = programReading(facts);
  const isKept = [...facts.kinds].some(isBeyondOwner) || neededIn("RestrictAddressFamilies", facts).words.length > 0;
  if (
    !reading ||
    isSource(reading) ||
    isKept ||
    readFamilies(reading, FAMILIES_OF_ALL, facts.privileged)?.says === "against"
  )
    return undefined;
  const rate = rateOf(`RestrictAddressFamilies=${FAMILIES_OF_ALL.join(" ")}`);
  if (rate === undefined) return undefined;
  const lines = withoutRawPackets(facts, added);
  const value = (lines ? USUAL_FAMILIES : FAMILIES_OF_ALL).join(" ");
  const reason = lines ? `${rate} with AF_PACKET, which the kernel refuses it anyway` : rate;
  return { confidence: { grade: "usual", reason, value }, lines: lines ?? [] };
}

const isOfRights = (directive: HardeningDirective): boolean =>
  directive === "SystemCallFilter" || directive === "RestrictAddressFamilies";

/** What of the rights of root nothing in its program has a use for, whatever others of its kind need. */
function unusedCapabilities(facts: Facts): UsualValue | undefined {
  const read = isNeeded(facts, "CapabilityBoundingSet") ? undefined : capabilitiesRead(facts);
  if (!read) return undefined;
  const value = `~${read.unused.join(" ")}`;
  return { confidence: { grade: "read", reason: read.reason, value }, lines: [] };
}

function calls(facts: Facts): UsualValue | undefined {
  const read = callsRead(facts);
  if (hasRights(facts) && isOpaque(facts) && !read) return undefined;
  const usual = hasRights(facts) ? UNUSUAL_CALLS : [...UNUSUAL_CALLS, ...CALLS_OF_ROOT];
  const groups = groupsNotCalledBy(facts, usual);
  const rate = rateOf(`SystemCallFilter=~${groups.toSorted().join(" ")}`);
  if (rate === undefined) return undefined;
  const value = `~${[...new Set([...groups, ...(read?.groups ?? []), ...seldomRead(facts)])].toSorted().join(" ")}`;
  const confidence = read
    ? ({ grade: "read", reason: `${read.reason}, and hardly any program makes the other calls`, value } as const)
    : ({ grade: "usual", reason: rate, value } as const);
  return { confidence, lines: ["SystemCallErrorNumber=EPERM"] };
}
