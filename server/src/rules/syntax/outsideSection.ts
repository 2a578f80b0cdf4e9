import type { Rule } from "../rule.ts";

/** Follows parse_line(), systemd 262. */
export const outsideSection: Rule = {
  code: "syntax/outside-section",
  title: "Line before the first section",
  why: "Every setting belongs to a section; systemd ignores what precedes the first header.",
  page: "systemd.syntax(7)",
  bad: { text: "Type=exec\n[Service]\nExecStart=/bin/true\n" },
  good: { text: "[Service]\nType=exec\nExecStart=/bin/true\n" },
  *check({ file }) {
    for (const node of file.preamble) {
      if (node.kind === "comment") continue;
      yield {
        start: node.start,
        end: node.end,
        severity: "error",
        message: "Line before the first section header: systemd ignores it",
      };
    }
  },
};
