import type { Rule } from "../../findings/rule.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import { splitWords } from "../../syntax/words.ts";
import { assignmentsOf, sinceReset } from "../../units/unit.ts";

/** Follows config_parse_luo_sessions(), systemd 262, over all lines of a file; one line is the grammar's. */
export const repeatedSession: Rule = {
  code: "unit/repeated-session",
  needs: ["LUOSession"],
  *check(unit) {
    const seen = new Set<string>();
    for (const { value } of sinceReset(assignmentsOf(unit, "Service", "LUOSession"))) {
      const words = splitWords(value.text, "plain").words;
      for (const { value: name, from, to } of words) {
        if (!seen.has(name)) continue;
        const message = `"${name}" in LUOSession= stands in a line above already: systemd ignores this word`;
        yield { ...sourceSpan(value, from, to), severity: "error", message, directive: "LUOSession" };
      }
      for (const word of words) seen.add(word.value);
    }
  },
};
