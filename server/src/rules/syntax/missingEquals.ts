import type { Rule } from "../../findings/rule.ts";
import { invalidLines } from "../walk.ts";

/** Follows parse_line(), systemd 262. */
export const missingEquals: Rule = {
  code: "syntax/missing-equals",
  title: 'Missing "="',
  why: "A line must be a comment, a section header or an assignment; systemd ignores any other line.",
  page: "systemd.syntax(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\nRestart on-failure\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nRestart=on-failure\n" },
  *check(unit) {
    for (const node of invalidLines(unit)) {
      if (node.reason !== "no-equals") continue;
      yield { ...node, severity: "error", message: 'Missing "=": systemd ignores this line' };
    }
  },
};
