import type { Rule } from "../../findings/rule.ts";

/** Follows config_parse() and read_line(): LONG_LINE_MAX is 1 MiB for physical and for continued lines, comments too. */
export const lineTooLong: Rule = {
  code: "syntax/line-too-long",
  title: "Line of 1 MiB or more",
  why: "systemd refuses the whole unit if a line has 1048576 bytes or more, continued lines counted as one.",
  page: "systemd.syntax(7)",
  bad: { text: `[Service]\nExecStart=/bin/true\n# ${"x".repeat(1 << 20)}\n` },
  good: { text: "[Service]\nExecStart=/bin/true\n# x\n" },
  *check({ file: { tooLong } }) {
    if (!tooLong) return;
    const message = "Line of 1 MiB or more: systemd stops here and refuses the whole unit";
    yield {
      start: tooLong.start,
      end: Math.min(tooLong.end, tooLong.start + 80),
      severity: "error",
      message,
      stopsReading: true,
    };
  },
};
