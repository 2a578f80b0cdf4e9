import type { Rule } from "../../findings/rule.ts";
import { invalidLines } from "../walk.ts";

/** Follows parse_line(), systemd 262. */
export const missingKey: Rule = {
  code: "syntax/missing-key",
  *check(unit) {
    for (const node of invalidLines(unit)) {
      if (node.reason !== "no-key") continue;
      yield { ...node, severity: "error", message: 'Missing directive name before "=": systemd ignores this line' };
    }
  },
};
