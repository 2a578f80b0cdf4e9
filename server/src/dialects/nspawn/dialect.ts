import type { Dialect } from "../dialect.ts";
import { NSPAWN } from "./nspawn.ts";
import { NSPAWN_RULES } from "./nspawnRules.ts";

/** What systemd-nspawn reads. */
export const NSPAWN_FILES = {
  kinds: { nspawn: NSPAWN },
  rules: NSPAWN_RULES,
} as const satisfies Dialect;
