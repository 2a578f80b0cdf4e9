import type { Rule } from "../../findings/rule.ts";
import { heldLearnt } from "../../hardening/heldLearnt.ts";
import { contradictionOf } from "../../hardening/learntAgainst.ts";
import { ROWS } from "../../hardening/profiles.ts";
import { evidenceText } from "../../learn/evidenceText.ts";
import { configurationFacts } from "../../needs/configurationFacts.ts";
import { decidingSettings } from "../../needs/decided.ts";
import { ownerFacts } from "../../needs/ownerAnswers.ts";
import { unitFacts } from "../../needs/unitFacts.ts";
import type { NeedName } from "../../needs/vocabulary.ts";
import { factsOf } from "../../service/facts.ts";
import type { Unit } from "../../units/unit.ts";
import { standsInOwnFile } from "../style/statements.ts";

/** Statements that the unit itself or an observed run of the service contradicts. */
export const contradictedStatement: Rule = {
  code: "sandbox/contradicted-statement",
  *check(unit) {
    for (const { need, says, place } of ownerFacts(unit)) {
      if (says !== "no" || !standsInOwnFile(unit, place)) continue;
      const shown = shownNeed(unit, need);
      if (shown === undefined) continue;
      const message = `Statement "no ${need}" does not count: ${shown}`;
      yield { start: place.start, end: place.end, severity: "warning", message };
    }
  },
};

/** What shows that a need is there, the end of a sentence. */
function shownNeed(unit: Unit, need: NeedName): string | undefined {
  const whole = unit.main?.unit ?? unit;
  const facts = factsOf(whole);
  const fact = [...unitFacts(facts), ...configurationFacts(facts)].find((it) => it.need === need);
  if (fact) return fact.reason;
  for (const setting of decidingSettings(need)) {
    const seen = shownByRun(whole, setting);
    if (seen !== undefined) return seen;
  }
  return undefined;
}

/** What a run shows against a setting itself, not what is known of such programs; the end of a sentence. */
function shownByRun(unit: Unit, setting: string): string | undefined {
  const refused = heldLearnt(unit)?.settings.find(
    (it) => it.key === setting && it.part === "settings" && it.grade === "refused" && it.isShown && !it.known,
  );
  if (refused) return `an observed run shows the opposite: ${evidenceText(refused)}`;
  const row = ROWS.find((it) => it.directive === setting);
  return row && contradictionOf(unit, setting, `${setting}=${row.value}`);
}
