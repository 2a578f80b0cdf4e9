import { removeLines } from "../../findings/edits.ts";
import { type Named, namedIn, ownerOf } from "../../findings/named.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { referencesFrom } from "../../units/index/lookup.ts";
import { mergedAssignments, ownFile, type Unit } from "../../units/unit.ts";

/** Seen with 257: "Transaction contains conflicting jobs 'stop' and 'start'"; with Wants= systemd leaves the other one out. */
export const requiredConflict: Rule = {
  code: "reference/contradiction",
  needs: ["Requires", "BindsTo"],
  *check(unit, context) {
    const owner = (context && ownerOf(context)) ?? unit.path.name;
    if (owner === undefined || owner.includes("@")) return;
    const opposed = new Set(
      namedIn(unit, owner, "Unit", "Conflicts", { linesOf: mergedAssignments }).map((it) => it.name),
    );
    for (const directive of ["Requires", "BindsTo"] as const) {
      for (const named of namedIn(unit, owner, "Unit", directive)) {
        if (!opposed.has(named.name) && !(context && conflictsWith(context, named.name, owner))) continue;
        const { start, end, name } = named;
        yield {
          start,
          end,
          severity: "error",
          message: `${directive}=${name} contradicts Conflicts= between the two: systemd refuses every start, which would start and stop ${name} at once`,
          directive,
          fixes: [{ title: `Remove ${directive}=${name}`, safe: false, edits: () => [without(unit, named)] }],
        };
      }
    }
  },
};

const conflictsWith = ({ index, path }: UnitContext, name: string, owner: string): boolean =>
  referencesFrom(index, name, path).some(({ directive, target }) => directive === "Conflicts" && target === owner);

function without(unit: Unit, { node, start, end, written }: Named) {
  if (node.text.trim() === written) return removeLines(ownFile(unit), node);
  const rest = ownFile(unit).text.slice(end);
  const blanks = rest.length - rest.replace(/^[ \t]+/, "").length;
  return { start, end: end + blanks, newText: "" };
}
