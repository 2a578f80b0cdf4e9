import type { LineRule } from "../../findings/rule.ts";
import { sourceOffset } from "../../syntax/joinedText.ts";

/** Follows config_parse(), systemd 257 to 262: only a backslash that is the very last character continues a line. */
export const blankAfterBackslash: LineRule = {
  code: "syntax/blank-after-backslash",
  *line({ node, directive }, _unit) {
    if (!directive) return;
    const { value, end, key } = node;
    if (!value.text.endsWith("\\") || backslashesAtEnd(value.text) % 2 === 0) return;
    const from = sourceOffset(value, value.text.length);
    if (from >= end) return;
    const span = { start: from - 1, end };
    yield {
      ...span,
      severity: "warning",
      message: `${key}= has whitespace after the backslash: the line is not continued`,
      directive: key,
      fixes: [{ title: "Remove the whitespace", safe: false, edits: () => [{ start: from, end, newText: "" }] }],
    };
  },
};

function backslashesAtEnd(text: string): number {
  let from = text.length;
  while (text.charAt(from - 1) === "\\") from--;
  return text.length - from;
}
