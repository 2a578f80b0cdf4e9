import type { Rule } from "../../findings/rule.ts";
import { EXEC_REFUSALS } from "./refusals/execRefusals.ts";
import { OTHER_REFUSALS } from "./refusals/otherRefusals.ts";
import { refusalRules } from "./refusals/refusalRule.ts";
import { SERVICE_REFUSALS } from "./refusals/serviceRefusals.ts";
import { SOCKET_REFUSALS } from "./refusals/socketRefusals.ts";

/** All ways in which systemd refuses a unit whose lines are right. */
export const REFUSAL_RULES: readonly Rule[] = refusalRules([
  ...SERVICE_REFUSALS,
  ...EXEC_REFUSALS,
  ...SOCKET_REFUSALS,
  ...OTHER_REFUSALS,
]);
