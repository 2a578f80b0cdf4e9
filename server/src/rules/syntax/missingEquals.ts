import type { Rule } from "../../findings/rule.ts";
import { invalidLines } from "../walk.ts";

/** Follows parse_line(), systemd 262. */
export const missingEquals: Rule = {
  code: "syntax/missing-equals",
  *check(unit) {
    for (const node of invalidLines(unit)) {
      if (node.reason !== "no-equals") continue;
      yield { ...node, severity: "error", message: 'Missing "=": systemd ignores this line' };
    }
  },
};
