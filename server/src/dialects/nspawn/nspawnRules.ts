import type { LineRule, Rule } from "../../findings/rule.ts";
import { NSPAWN_CONFINEMENT_RULES } from "./rules/nspawnConfinement.ts";
import { NSPAWN_START_RULES } from "./rules/nspawnStart.ts";

/** The rules about containers of systemd-nspawn. */
export const NSPAWN_RULES: readonly (Rule | LineRule)[] = [...NSPAWN_START_RULES, ...NSPAWN_CONFINEMENT_RULES];
