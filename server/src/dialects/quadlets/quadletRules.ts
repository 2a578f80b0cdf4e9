import type { LineRule, Rule } from "../../findings/rule.ts";
import { valueRules } from "../../findings/valueRule.ts";
import { QUADLET_CONFINEMENT_RULES } from "./rules/confinement.ts";
import { QUADLET_LINK_RULES } from "./rules/links.ts";
import { QUADLET_PARTS_RULES } from "./rules/parts.ts";
import { QUADLET_IMAGE_RULES } from "./rules/quadletImageRules.ts";
import { QUADLET_KEY_RULES } from "./rules/quadletKeyRules.ts";
import { QUADLET_REFUSAL_RULES } from "./rules/quadletRefusals.ts";
import { QUADLET_SILENT_RULES } from "./rules/silent.ts";
import { QUADLET_START_RULES } from "./rules/started.ts";

/** The rules about quadlets. */
export const QUADLET_RULES: readonly (Rule | LineRule)[] = [
  ...QUADLET_KEY_RULES,
  ...QUADLET_REFUSAL_RULES,
  ...QUADLET_LINK_RULES,
  ...QUADLET_SILENT_RULES,
  ...QUADLET_IMAGE_RULES,
  ...QUADLET_START_RULES,
  ...QUADLET_PARTS_RULES,
  ...valueRules("quadlet"),
  ...QUADLET_CONFINEMENT_RULES,
];
