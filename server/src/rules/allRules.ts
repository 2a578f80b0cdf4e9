import { DIALECTS } from "../dialects/dialects.ts";
import type { LineRule, Rule } from "../findings/rule.ts";
import { QUADLET_CONFINEMENT_RULES } from "./quadlet/confinement.ts";
import { QUADLET_LINK_RULES } from "./quadlet/links.ts";
import { QUADLET_PARTS_RULES } from "./quadlet/parts.ts";
import { QUADLET_IMAGE_RULES } from "./quadlet/quadletImageRules.ts";
import { QUADLET_KEY_RULES } from "./quadlet/quadletKeyRules.ts";
import { QUADLET_REFUSAL_RULES } from "./quadlet/quadletRefusals.ts";
import { QUADLET_SILENT_RULES } from "./quadlet/silent.ts";
import { QUADLET_START_RULES } from "./quadlet/started.ts";
import { RULES_OF_TEXTS, RULES_OF_UNITS } from "./unitRules.ts";
import { QUADLET_VALUE_RULES } from "./value.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly (Rule | LineRule)[] = [
  ...RULES_OF_TEXTS,
  ...DIALECTS.daemons.rules,
  ...QUADLET_KEY_RULES,
  ...QUADLET_REFUSAL_RULES,
  ...QUADLET_LINK_RULES,
  ...QUADLET_SILENT_RULES,
  ...QUADLET_IMAGE_RULES,
  ...QUADLET_START_RULES,
  ...QUADLET_PARTS_RULES,
  ...QUADLET_VALUE_RULES,
  ...QUADLET_CONFINEMENT_RULES,
  ...DIALECTS.network.rules,
  ...DIALECTS.nspawn.rules,
  ...DIALECTS.images.rules,
  ...RULES_OF_UNITS,
];
