import { capabilityNames } from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import type { Facts } from "../service/facts.ts";
import { inForce, textOf } from "../service/settings.ts";
import { seldomRead } from "./callsRead.ts";
import { type Fit, fitOf } from "./fit.ts";
import { type MeasuredFit, measuredFit } from "./measured.ts";
import type { HardeningDirective, Profile, Row } from "./profiles.ts";
import { settingRead } from "./settingRead.ts";

/** What is taken out of the list that the unit itself has, for those of its settings that go on with a list. */
export function furtherDenials(row: Row, facts: Facts, profile: Profile): MeasuredFit | undefined {
  return profile === "basic" ? undefined : FURTHER[row.directive]?.(row, facts, profile);
}

type Further = (row: Row, facts: Facts, profile: Profile) => MeasuredFit | undefined;

const FURTHER: Readonly<Partial<Record<HardeningDirective, Further>>> = {
  SystemCallFilter: furtherCalls,
  CapabilityBoundingSet: furtherCapabilities,
};

const KEY = "SystemCallFilter=";

/** What a measured run of this very service did without, else the groups of calls of which its programs make none. */
function furtherCalls(row: Row, facts: Facts, profile: Profile): MeasuredFit | undefined {
  const [own, ...others] = inForce(facts.unit, "SystemCallFilter");
  if (!own || others.length > 0) return undefined;
  const fitting = fitOf(row, facts, profile);
  const { fit, confidence } = measuredFit(row, fitting, facts, profile) ?? {};
  if (!fit) return own.value.text === PLAIN ? readDenials(fitting, facts) : undefined;
  if (confidence?.grade !== "measured" || fit.value !== own.value.text) return undefined;
  const [first, ...more] = fit.lines.filter((it) => it.startsWith(KEY));
  if (!first?.startsWith(`${KEY}~`)) return undefined;
  const value = first.slice(KEY.length);
  return { fit: { ...fit, value, safeValue: value, lines: more }, confidence: { ...confidence, value } };
}

/** The list that services of the distribution set most; another one has words that somebody chose. */
const PLAIN = "@system-service";

/** Only where a denied call fails: a library that makes one after all must not end the service. */
function readDenials(fit: Fit, facts: Facts): MeasuredFit | undefined {
  const read = settingRead("SystemCallFilter", facts, PLAIN);
  const value = `~${seldomRead(facts).join(" ")}`;
  const isKilled = textOf(facts.unit, "SystemCallErrorNumber") === undefined;
  if (isKilled || value === "~" || read?.says !== "for" || fit.against !== undefined) return undefined;
  const { grade, reason } = read;
  return { fit: { ...fit, value, safe: true, safeValue: value, lines: [] }, confidence: { grade, reason, value } };
}

/** What a list of denied capabilities leaves, and a measured run of this very service did without; an allow list was chosen word by word. */
function furtherCapabilities(row: Row, facts: Facts, profile: Profile): MeasuredFit | undefined {
  const own = inForce(facts.unit, "CapabilityBoundingSet");
  if (own.length === 0 || !own.every((it) => it.value.text.startsWith("~"))) return undefined;
  const { fit, confidence } = measuredFit(row, fitOf(row, facts, profile), facts, profile) ?? {};
  if (fit?.safeValue === undefined || confidence?.grade !== "measured") return undefined;
  const kept = new Set(fit.safeValue.split(" "));
  const unused = capabilityNames(effective(facts.unit).settings.boundingSet).filter((it) => !kept.has(it));
  if (unused.length === 0) return undefined;
  const value = `~${unused.join(" ")}`;
  return { fit: { ...fit, value, safe: true, safeValue: value, lines: [] }, confidence: { ...confidence, value } };
}
