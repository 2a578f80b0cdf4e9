import type { Described } from "../../server/src/findings/rule.ts";
import { type RuleExamples, type RuleText, ruleExamples, ruleText } from "../../server/src/findings/ruleTexts.ts";
import { RULES } from "../../server/src/rules/allRules.ts";

/** A rule with what its page says and shows of it. */
export const shown = <T extends Described>(rule: T): T & RuleText & RuleExamples => {
  const examples = ruleExamples(rule.code);
  if (!examples) throw new Error(`${rule.code} has no examples`);
  return { ...rule, ...ruleText(rule.code), ...examples };
};

/** All rules with what their pages say and show of them. */
export const SHOWN_RULES = RULES.map(shown);
