import { isIgnored } from "../../catalog/catalog.ts";
import type { LineRule } from "../../findings/rule.ts";
import { isDeprecatedBefore } from "./retiring.ts";

/** Follows config_parse_warn_compat(), systemd 262. */
export const ignored: LineRule = {
  code: "directive/ignored",
  *line({ directive, node }, unit) {
    if (!directive || !isIgnored(directive, unit.version)) return;
    const since = directive.until ? ` since systemd ${directive.until}` : "";
    const advice = directive.successor ? `; use ${directive.successor.name}= instead` : "";
    const message = `${node.key}= has no effect${since}: systemd ignores this line${advice}`;
    const severityIfOlder = isDeprecatedBefore(directive) ? "warning" : "info";
    yield { ...node.keySpan, severity: "error", severityIfOlder, message, directive: node.key, tag: "unnecessary" };
  },
};
