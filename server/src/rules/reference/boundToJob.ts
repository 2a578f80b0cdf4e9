import { alsoInDropIns } from "../../findings/inDropIns.ts";
import { namedIn, ownerOf } from "../../findings/named.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { findUnit } from "../../units/index/lookup.ts";
import { filesOf } from "../../units/index/numbering.ts";
import { settingOf } from "../../units/index/order.ts";
import { parseBoolean } from "../../values/boolean.ts";

const FOLLOWS = {
  BindsTo: "systemd stops this unit with it",
  Requisite: "systemd refuses to start this unit",
} as const;

/** Seen with 257: the service is stopped as soon as the job has ended, or is refused. */
const boundToJob: Rule = {
  code: "reference/bound-to-job",
  needs: ["BindsTo", "Requisite"],
  *check(unit, context) {
    const owner = context && ownerOf(context);
    if (!context || owner === undefined || unit.path.role !== "unit") return;
    for (const directive of ["BindsTo", "Requisite"] as const) {
      for (const { start, end, name, node } of namedIn(unit, owner, "Unit", directive)) {
        if (!endsByItself(context, name)) continue;
        const edits = () => [{ ...node.keySpan, newText: "Requires" }];
        yield {
          start,
          end,
          severity: "warning",
          message: `${directive}=${name} is inactive once it has run, as Type=oneshot without RemainAfterExit=yes: ${FOLLOWS[directive]}; use Requires=`,
          directive,
          fixes: [{ title: "Change to Requires=", safe: false, edits }],
        };
      }
    }
  },
};

function endsByItself({ index, path }: UnitContext, name: string): boolean {
  const unit = name.endsWith(".service") ? findUnit(index, name, path) : undefined;
  if (!unit?.fragment || unit.masked) return false;
  const files = filesOf(index, unit);
  return settingOf(files, "Type") === "oneshot" && parseBoolean(settingOf(files, "RemainAfterExit") ?? "no") === false;
}

/** What depends on a unit that does not stay active. */
export const BOUND_RULES: readonly Rule[] = alsoInDropIns([boundToJob]);
