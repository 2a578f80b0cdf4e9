import type { Rule } from "../../findings/rule.ts";

/** Follows config_parse() and read_line(): LONG_LINE_MAX is 1 MiB for physical and for continued lines, comments too. */
export const lineTooLong: Rule = {
  code: "syntax/line-too-long",
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
