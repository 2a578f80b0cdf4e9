import { targetOf } from "../facts/targets.ts";
import { eachFinding, type ShownFindings, summarize } from "../features/hardeningSummary.ts";
import { check, type Selection } from "../rules/check.ts";
import type { UnitContext } from "../rules/rule.ts";
import { checkTargets } from "../rules/severalTargets.ts";
import type { Unit } from "../units/unit.ts";
import type { UserSettings } from "./settings.ts";

/** The findings of a unit as the reader's settings want them shown. */
export function shownFindings(
  unit: Unit,
  { hardening, rules, systemdVersion, targets }: UserSettings,
  surroundings: UnitContext | undefined,
): ShownFindings {
  const selection: Selection = { profile: hardening.profile, severities: rules, beyond: true };
  // Where the machine decides, its systemd is one more target.
  const named = systemdVersion === "auto" && targets.length > 0 ? [targetOf(unit.version), ...targets] : targets;
  const all =
    named.length > 1 ? checkTargets(unit, named, selection, surroundings) : check(unit, selection, surroundings);
  return hardening.findings === "each" ? eachFinding(all) : summarize(unit, all, rules);
}
