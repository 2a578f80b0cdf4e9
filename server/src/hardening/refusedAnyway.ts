import { programReading } from "../needs/programReading.ts";
import { CALLS_OF_ROOT } from "../needs/usualValues.ts";
import { capabilityNames } from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import type { Facts } from "../service/facts.ts";
import { isOn } from "../service/settings.ts";
import { callsRead } from "./callsRead.ts";
import { isAboutKind, isBeyondOwner } from "./exclusions.ts";
import type { Fit } from "./fit.ts";
import type { HardeningDirective } from "./profiles.ts";
import { settingRead, startsPrograms } from "./settingRead.ts";

const NO_GAINS = "NoNewPrivileges=yes";

/** A gentler value than that of a row, which a service bears of which nothing else is known. */
export interface UsualValue {
  readonly confidence: { readonly grade: "usual" | "read"; readonly reason: string; readonly value: string };
  /** Lines that come with it. */
  readonly lines: readonly string[];
}

/** Whether a service never has more rights than those it starts with, as no set-user-ID program gives it some. */
const gainsNoRights = ({ privileged, dynamic, unit }: Facts): boolean =>
  !privileged && (dynamic || isOn(unit, "NoNewPrivileges"));

/** What is known of the rights of such a service, the end of a sentence; undefined of others. */
export const withoutGains = (facts: Facts): string | undefined =>
  gainsNoRights(facts) ? withoutGainsText(facts) : undefined;

const withoutGainsText = ({ ambient }: Facts): string =>
  `it has no rights${ambient.length > 0 ? " but those that AmbientCapabilities= gives it" : ""}, and gains none`;

/** Why a user gains no rights, the end of a sentence, and the lines of those that are added which this rests on. */
interface NoGains {
  readonly reason: string;
  readonly lines: readonly string[];
}

/** What the unit, its programs or a line that is added show of that; nothing is known where its programs are not at hand. */
function gainsNone(facts: Facts, added: readonly string[]): NoGains | undefined {
  if (facts.privileged || !programReading(facts)) return undefined;
  const read = settingRead("CapabilityBoundingSet", facts, "");
  const reason = withoutGains(facts) ?? (read?.says === "for" ? read.reason : undefined);
  if (reason !== undefined) return { reason, lines: [] };
  return added.includes(NO_GAINS) ? { reason: withoutGainsText(facts), lines: [NO_GAINS] } : undefined;
}

/** What a user keeps who has no rights and gains none: the kernel gives it no others, with or without the setting. */
export function withoutCapabilities(fit: Fit, facts: Facts, added: readonly string[]): UsualValue | undefined {
  const { safeValue: value, doubt } = fit;
  const found = value === undefined || doubt !== undefined ? undefined : gainsNone(facts, added);
  if (!found || value === undefined) return undefined;
  return { confidence: { grade: "read", reason: found.reason, value }, lines: found.lines };
}

/** Groups of calls of which the kernel refuses each one without capabilities, with the error that the filter gives. */
const OF_RIGHTS: readonly string[] = [...CALLS_OF_ROOT, "@reboot", "@swap"];

/**
 * What is taken of a list though the kind of the service speaks against the rest of it: calls and sockets that the kernel refuses
 * anyway without capabilities, which are none here.
 */
export function refusedAnyway(
  directive: HardeningDirective,
  { against }: Fit,
  facts: Facts,
  added: readonly string[],
): UsualValue | undefined {
  const isOfKind = against === undefined || (isAboutKind(against) && ![...facts.kinds].some(isBeyondOwner));
  const found = isOfKind && facts.capabilities.length === 0 ? gainsNone(facts, added) : undefined;
  const value = found && (directive === "SystemCallFilter" ? calls(facts) : sockets(facts, added));
  if (!found || value === undefined) return undefined;
  const lines = directive === "SystemCallFilter" ? [...found.lines, "SystemCallErrorNumber=EPERM"] : found.lines;
  return {
    confidence: { grade: "read", reason: `${found.reason}, so that the kernel refuses this anyway`, value },
    lines,
  };
}

function calls(facts: Facts): string {
  const read = startsPrograms(facts) ? [] : (callsRead(facts)?.groups ?? []);
  return `~${[...new Set([...OF_RIGHTS, ...read])].toSorted().join(" ")}`;
}

const sockets = (facts: Facts, added: readonly string[]): string | undefined =>
  asksForPackets(facts, added) ? undefined : "~AF_PACKET";

/** In namespaces of its own a program has all rights again; what asks for such sockets may get them by a way that is not seen. */
function asksForPackets(facts: Facts, added: readonly string[]): boolean {
  const own = programReading(facts)?.files.filter((it) => it.own);
  const { settings } = effective(facts.unit);
  const isClosed = added.includes(NO_NAMESPACES) || settings.namespaces === 0;
  return !isClosed || own?.some(({ signs }) => signs.some(({ sign }) => sign === "packets")) !== false;
}

const NO_NAMESPACES = "RestrictNamespaces=yes";

/** The lines on which it rests that the kernel refuses sockets of raw packets; undefined where it may not. */
export function withoutRawPackets(facts: Facts, added: readonly string[]): readonly string[] | undefined {
  if (asksForPackets(facts, added)) return undefined;
  const denied = added.some(
    (it) => it.startsWith("CapabilityBoundingSet=~") && it.split(/[~ ]/).includes("CAP_NET_RAW"),
  );
  if (denied || !capabilityNames(effective(facts.unit).settings.boundingSet).includes("CAP_NET_RAW")) return [];
  return facts.capabilities.length === 0 ? gainsNone(facts, added)?.lines : undefined;
}
