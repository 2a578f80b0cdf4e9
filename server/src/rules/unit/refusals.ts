import type { Rule } from "../rule.ts";
import { EXEC_REFUSALS } from "./refusals/exec.ts";
import { OTHER_REFUSALS } from "./refusals/other.ts";
import { refusalRule } from "./refusals/refusalRule.ts";
import { SERVICE_REFUSALS } from "./refusals/service.ts";
import { SOCKET_REFUSALS } from "./refusals/socket.ts";

/** All ways in which systemd refuses a unit whose lines are right. */
export const REFUSAL_RULES: readonly Rule[] = [
  ...SERVICE_REFUSALS,
  ...EXEC_REFUSALS,
  ...SOCKET_REFUSALS,
  ...OTHER_REFUSALS,
].map(refusalRule);
