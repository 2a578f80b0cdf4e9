import type { LineRule, Rule } from "../findings/rule.ts";
import { DAEMON_ADVICE } from "./daemon/daemonAdvice.ts";
import { INCOMPLETE_RULES } from "./daemon/incomplete.ts";
import { INTERVAL_RULES } from "./daemon/intervals.ts";
import { UNUSED_RULES } from "./daemon/unused.ts";
import { DAEMON_VALUE_RULES } from "./value.ts";

/** The rules about the configuration of systemd's programs. */
export const DAEMON_RULES: readonly (Rule | LineRule)[] = [
  ...DAEMON_VALUE_RULES,
  ...INCOMPLETE_RULES,
  ...INTERVAL_RULES,
  ...UNUSED_RULES,
  ...DAEMON_ADVICE,
];
