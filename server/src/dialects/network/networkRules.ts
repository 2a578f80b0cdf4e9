import type { LineRule, Rule } from "../../findings/rule.ts";
import { BESIDE_RULES } from "./rules/beside.ts";
import { CONFLICT_RULES } from "./rules/conflicts.ts";
import { DEVICE_RULES } from "./rules/deviceRules.ts";
import { DUPLICATE_RULES } from "./rules/duplicates.ts";
import { IGNORED_SECTION_RULES } from "./rules/ignoredSections.ts";
import { MATCH_RULES } from "./rules/match.ts";
import { NETWORK_ADVICE_RULES } from "./rules/networkAdvice.ts";
import { SECRET_RULES } from "./rules/secrets.ts";

/** The rules about networks and their devices. */
export const NETWORK_RULES: readonly (Rule | LineRule)[] = [
  ...MATCH_RULES,
  ...NETWORK_ADVICE_RULES,
  ...IGNORED_SECTION_RULES,
  ...CONFLICT_RULES,
  ...DUPLICATE_RULES,
  ...DEVICE_RULES,
  ...SECRET_RULES,
  ...BESIDE_RULES,
];
