import type { LineRule, Rule } from "../../findings/rule.ts";
import { valueRules } from "../../findings/valueRule.ts";
import { DAEMON_ADVICE } from "./rules/daemonAdvice.ts";
import { INCOMPLETE_RULES } from "./rules/incomplete.ts";
import { INTERVAL_RULES } from "./rules/intervals.ts";
import { UNUSED_RULES } from "./rules/unused.ts";

/** The rules about the configuration of systemd's programs. */
export const DAEMON_RULES: readonly (Rule | LineRule)[] = [
  ...valueRules("daemon"),
  ...INCOMPLETE_RULES,
  ...INTERVAL_RULES,
  ...UNUSED_RULES,
  ...DAEMON_ADVICE,
];
