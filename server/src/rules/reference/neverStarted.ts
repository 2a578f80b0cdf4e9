import { insertIntoSection } from "../../findings/edits.ts";
import { isSpecialName, namedIn } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { nearestTree } from "../../units/index/nearestTree.ts";
import { mergedDirectives } from "../../units/unit.ts";
import { mayStart } from "./firstStart.ts";

/** Seen with 257: `systemctl start app.target` leaves the service inactive. */
export const neverStarted: Rule = {
  code: "reference/only-part-of",
  needs: ["PartOf"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "service" || role !== "unit" || name === undefined || name.includes("@")) return;
    const target = namedIn(unit, name, "Unit", "PartOf").find(
      (it) =>
        it.name.endsWith(".target") &&
        !isSpecialName(it.name, "system") &&
        !isSpecialName(it.name, "user") &&
        nearestTree(context.index, it.name, context.path),
    );
    if (!target || mergedDirectives(unit, "Install").size > 0 || mayStart(context, name, "")) return;
    const added = `WantedBy=${target.name}`;
    yield {
      start: target.start,
      end: target.end,
      severity: "info",
      message: `PartOf=${target.name} only stops and restarts this service with the target, and nothing starts it: ${added} in [Install] does`,
      directive: "PartOf",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertIntoSection(unit, "Install", [added])] }],
    };
  },
};
