import { DIALECTS } from "../dialects/dialects.ts";
import type { LineRule, Rule } from "../findings/rule.ts";
import { RULES_OF_TEXTS, RULES_OF_UNITS } from "./unitRules.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly (Rule | LineRule)[] = [
  ...RULES_OF_TEXTS,
  ...DIALECTS.daemons.rules,
  ...DIALECTS.quadlets.rules,
  ...DIALECTS.network.rules,
  ...DIALECTS.nspawn.rules,
  ...DIALECTS.images.rules,
  ...RULES_OF_UNITS,
];
