import { memberOf } from "../../values/enumeration.ts";
import type { Rule } from "../rule.ts";
import { enumeratedSettings } from "../walk.ts";

/** Follows config_parse_kill_mode() and config_parse_exec_output(), systemd 262. */
export const deprecatedValue: Rule = {
  code: "value/deprecated",
  title: "Value on its way out",
  why: "systemd takes the value, but says in the log that it is obsolete or unsafe and to be replaced.",
  page: "systemd.directives(7)",
  bad: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=syslog\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=journal\n" },
  *check(unit) {
    for (const { type, node } of enumeratedSettings(unit)) {
      const member = memberOf(type, node.value.text, unit.version);
      if (!member?.deprecated) continue;
      const message = `${node.key}=${member.value} is obsolete: systemd takes it with a warning`;
      yield { ...node.valueSpan, severity: "warning", message, directive: node.key, tag: "deprecated" };
    }
  },
};
