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
import { LEARNT_EXAMPLE } from "../learn/example.ts";
import { standsInOwnFile } from "../style/statements.ts";

/** Statements that the unit itself or an observed run of the service contradicts. */
export const contradictedStatement: Rule = {
  code: "sandbox/contradicted-statement",
  title: "Statement that the unit or a run contradicts",
  why: "A comment states that the service does not need something, such as `# unit-warden: no hardware`, and a setting, a command or an observed run shows that it does. The statement then decides nothing: a setting that took this away would break the service.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\n# unit-warden: no hardware\nExecStart=/usr/bin/x\nDeviceAllow=/dev/ttyUSB0 rw\n" },
  good: {
    text: "[Service]\n# unit-warden: needs hardware=/dev/ttyUSB0\nExecStart=/usr/bin/x\nDeviceAllow=/dev/ttyUSB0 rw\n",
  },
  silent: [
    { text: "[Service]\n# unit-warden: no homes\nExecStart=/usr/bin/x\nDeviceAllow=/dev/ttyUSB0 rw\n" },
    {
      text: "[Service]\n# unit-warden: no hardware\nExecStart=/usr/bin/x\n",
      otherFiles: { "x.service.learnt.json": LEARNT_EXAMPLE },
    },
  ],
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
