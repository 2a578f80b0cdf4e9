import { isIgnored, isRead, directive as lookUp } from "../../catalog/catalog.ts";
import type { LineRule } from "../../findings/rule.ts";

/** systemd complains only about RequiresOverridable= and RequisiteOverridable=. Follows the alias rows of load-fragment-gperf.gperf.in, systemd 262. */
export const oldName: LineRule = {
  code: "directive/old-name",
  *line({ directive, node }, unit) {
    if (!directive) return;
    const { successor } = directive;
    if (!successor || isIgnored(directive, unit.version) || directive.until !== undefined) return;
    const next = lookUp(successor.section, successor.name);
    if (!next || !isRead(next, unit.version)) return;
    const moved = successor.section !== directive.section;
    const message =
      node.key === successor.name
        ? `${node.key}= has moved to [${successor.section}]: systemd still silently accepts it in [${directive.section}]`
        : `${node.key}= is the old name of ${successor.name}=${moved ? ` in [${successor.section}]` : ""}`;
    const rename = {
      title: `Change to ${successor.name}=`,
      safe: directive.type !== "jobModeIsolate",
      edits: () => [{ ...node.keySpan, newText: successor.name }],
    };
    yield {
      ...node.keySpan,
      severity: directive.type === "obsoleteUnitDeps" ? "warning" : "hint",
      message,
      directive: node.key,
      tag: "deprecated",
      fixes: moved ? [] : [rename],
    };
  },
};
