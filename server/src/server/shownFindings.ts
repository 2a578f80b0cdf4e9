import { targetOf } from "../facts/targets.ts";
import { briefOf, eachFinding, type ShownFindings, summarize, summarizeBriefly } from "../features/hardeningSummary.ts";
import type { UnitContext } from "../findings/rule.ts";
import { adviceAlone, check, checkApart, type Selection } from "../rules/check.ts";
import { checkTargets } from "../rules/severalTargets.ts";
import { lasting } from "../units/lasting.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import { memoBy } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import type { UserSettings } from "./settings.ts";

/**
 * The findings where one stands for all advice, which was the same before an edit of something else; undefined where that is not
 * known. What it stands for is made when somebody asks for it.
 */
function checkBriefly(
  unit: Unit,
  selection: Selection,
  surroundings: UnitContext | undefined,
): ShownFindings | undefined {
  const standIn = lasting(unit, "advice");
  if (standIn === unit) return undefined;
  const apart = checkApart(unit, selection, surroundings);
  if (!apart?.isAdvised) return undefined;
  const brief = briefFor(standIn, JSON.stringify(selection));
  return brief && summarizeBriefly(unit, apart.found, brief, selection, () => adviceAlone(unit, selection));
}

const briefFor = memoBy((unit: Unit, by: string) => {
  const selection = JSON.parse(by) as Selection;
  return briefOf(adviceAlone(unit, selection));
});

/** What systemd does not load needs no protection. */
export const withoutHardening = <T extends Pick<UserSettings, "hardening">>(settings: T): T => ({
  ...settings,
  hardening: { ...settings.hardening, profile: "off" },
});

/** The findings of a unit as the reader's settings want them shown. */
export function shownFindings(
  unit: Unit,
  settings: UserSettings & Pick<Selection, "targetIsOpen">,
  surroundings: UnitContext | undefined,
): ShownFindings {
  const { rules, systemdVersion, targets, targetIsOpen = false } = settings;
  const { hardening } = isLoaded(unit) ? settings : withoutHardening(settings);
  const selection: Selection = { profile: hardening.profile, severities: rules, targetIsOpen, beyond: true };
  // Where the machine decides, its systemd is one more target.
  const named = systemdVersion === "auto" && targets.length > 0 ? [targetOf(unit.version), ...targets] : targets;
  if (named.length <= 1 && hardening.findings !== "each") {
    const brief = checkBriefly(unit, selection, surroundings);
    if (brief) return brief;
  }
  const all =
    named.length > 1 ? checkTargets(unit, named, selection, surroundings) : check(unit, selection, surroundings);
  return hardening.findings === "each" ? eachFinding(all) : summarize(unit, all, rules);
}
