import type { Facts } from "../service/facts.ts";
import { inForce } from "../service/settings.ts";
import { fitOf } from "./fit.ts";
import { type MeasuredFit, measuredFit } from "./measured.ts";
import type { Profile, Row } from "./profiles.ts";

const KEY = "SystemCallFilter=";

/** What a measured run of this very service did without of the calls that the unit itself allows, to be taken out of its list. */
export function furtherDenials(row: Row, facts: Facts, profile: Profile): MeasuredFit | undefined {
  if (row.directive !== "SystemCallFilter" || profile === "basic") return undefined;
  const [own, ...others] = inForce(facts.unit, "SystemCallFilter");
  if (!own || others.length > 0) return undefined;
  const measured = measuredFit(row, fitOf(row, facts, profile), facts, profile);
  const { fit, confidence } = measured ?? {};
  if (!fit || confidence?.grade !== "measured" || fit.value !== own.value.text) return undefined;
  const [first, ...more] = fit.lines.filter((it) => it.startsWith(KEY));
  if (!first?.startsWith(`${KEY}~`)) return undefined;
  const value = first.slice(KEY.length);
  return { fit: { ...fit, value, safeValue: value, lines: more }, confidence: { ...confidence, value } };
}
