import { eachFinding, type ShownFindings, summarize } from "../features/hardeningSummary.ts";
import { check } from "../rules/check.ts";
import type { UnitContext } from "../rules/rule.ts";
import type { Unit } from "../units/unit.ts";
import type { UserSettings } from "./settings.ts";

/** The findings of a unit as the reader's settings want them shown. */
export function shownFindings(
  unit: Unit,
  { hardening, rules }: UserSettings,
  surroundings: UnitContext | undefined,
): ShownFindings {
  const all = check(unit, { profile: hardening.profile, severities: rules, beyond: true }, surroundings);
  return hardening.findings === "each" ? eachFinding(all) : summarize(unit, all, rules);
}
