import { isKnownSpecifier } from "../../facts/specifiers.ts";
import { sourceSpan } from "../../syntax/cooked.ts";
import { specifiersOf } from "../../syntax/specifiers.ts";
import type { Rule } from "../rule.ts";
import { settings } from "../walk.ts";

/** Follows config_parse_unit_string_printf() and specifier_printf(), systemd 262. */
export const textSpecifier: Rule = {
  code: "value/specifier",
  title: "Unknown specifier",
  why: "A % before a letter or digit must be a specifier; otherwise systemd drops the assignment. A literal percent sign is written %%.",
  page: "systemd.unit(5)",
  bad: { text: "[Unit]\nDescription=Keeps 5%x free\n[Service]\nExecStart=/bin/true\n" },
  good: { text: "[Unit]\nDescription=Keeps 5%%x free\n[Service]\nExecStart=/bin/true\n" },
  *check(unit) {
    for (const { directive, node } of settings(unit)) {
      if (directive.type !== "unitStringPrintf") continue;
      for (const { letter, from, to } of specifiersOf(node.value.text)) {
        if (isKnownSpecifier(letter, "full")) continue;
        const span = sourceSpan(node.value, from, to);
        const message = `%${letter} is no specifier: systemd drops the assignment`;
        const edits = () => [{ start: span.start, end: span.start, newText: "%" }];
        yield {
          ...span,
          severity: "error",
          message,
          directive: node.key,
          fixes: [{ title: `Write %%${letter}`, safe: true, edits }],
        };
      }
    }
  },
};
