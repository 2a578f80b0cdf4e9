import type { Rule } from "../../findings/rule.ts";
import { invalidLines } from "../walk.ts";

/** Follows parse_line(), systemd 262. */
export const missingKey: Rule = {
  code: "syntax/missing-key",
  title: "Missing directive name",
  why: "An assignment needs the name of a directive before its `=`; systemd ignores the line.",
  page: "systemd.syntax(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\n=yes\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nRemainAfterExit=yes\n" },
  *check(unit) {
    for (const node of invalidLines(unit)) {
      if (node.reason !== "no-key") continue;
      yield { ...node, severity: "error", message: 'Missing directive name before "=": systemd ignores this line' };
    }
  },
};
