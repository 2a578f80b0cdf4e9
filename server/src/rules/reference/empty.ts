import type { DirectiveName } from "../../catalog/catalog.ts";
import { removeLines } from "../../findings/edits.ts";
import type { Rule } from "../../findings/rule.ts";
import { assignmentsOf } from "../../units/unit.ts";

const DEPENDENCIES = [
  "Requires",
  "Requisite",
  "Wants",
  "BindsTo",
  "PartOf",
  "Upholds",
  "Conflicts",
  "Before",
  "After",
  "OnFailure",
  "OnSuccess",
] as const satisfies readonly DirectiveName[];

/** Follows config_parse_unit_deps(), systemd 257 to 262. */
export const emptyDependency: Rule = {
  code: "reference/empty-dependency",
  needs: DEPENDENCIES,
  *check(unit) {
    for (const name of DEPENDENCIES) {
      const lines = assignmentsOf(unit, "Unit", name);
      for (const [i, node] of lines.entries()) {
        // At the start of a unit file there is nothing that the line could be meant to reset.
        if (node.text !== "" || (unit.path.role === "unit" && i === 0)) continue;
        yield {
          ...node.keySpan,
          severity: "warning",
          message: `${name}= without a value has no effect: dependencies cannot be reset`,
          directive: name,
          tag: "unnecessary",
          fixes: [{ title: "Remove the line", safe: true, edits: () => [removeLines(unit.file, node)] }],
        };
      }
    }
  },
};
