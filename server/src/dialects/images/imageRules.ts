import type { LineRule, Rule } from "../../findings/rule.ts";
import { PARTITION_RULES } from "./rules/partitionRules.ts";
import { TRANSFER_RULES } from "./rules/transferRules.ts";

/** The rules about partitions and transfers. */
export const IMAGE_FILE_RULES: readonly (Rule | LineRule)[] = [...PARTITION_RULES, ...TRANSFER_RULES];
