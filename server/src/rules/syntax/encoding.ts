import type { Rule } from "../../findings/rule.ts";

/** Follows parse_line(): a logical line must pass utf8_is_valid(); comments need not. */
export const encoding: Rule = {
  code: "syntax/encoding",
  *check({ file }) {
    if (file.clean) return;
    for (const node of file.nodes) {
      if (node.kind === "comment" || node.utf8) continue;
      const message = "Line is not valid UTF-8: systemd stops here and refuses the whole unit";
      yield { start: node.start, end: node.end, severity: "error", message, stopsReading: true };
    }
  },
};
