import { directive, grammarIn } from "../../catalog/catalog.ts";
import { unitKindOf } from "../../families/checkedPath.ts";
import { KIND_FACTS } from "../../families/unitFiles/kinds.ts";
import type { Rule } from "../../findings/rule.ts";
import { mergedAssignments, ownFile } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import { issuesOf } from "../../values/read.ts";

/** Follows config_parse_trigger_unit(), systemd 257 to 262, which keeps the first unit that it could take. */
export const severalTriggers: Rule = {
  code: "unit/several-triggers",
  needs: ["Unit"],
  *check(unit) {
    const kind = unitKindOf(unit.path);
    const { section, starts } = KIND_FACTS[kind];
    const known = starts === "Unit" ? directive(section, "Unit") : undefined;
    if (!known) return;
    const type = grammarIn(known, unit.version);
    const where = whereOf(unit);
    const lines = mergedAssignments(unit, section, "Unit");
    const first = lines.findIndex(({ value }) => issuesOf(type, value.text, where).length === 0);
    if (first < 0) return;
    const kept = lines[first]?.value.text ?? "";
    const own = ownFile(unit).nodes;
    for (const line of lines.slice(first + 1)) {
      if (!own.includes(line)) continue;
      const { key, value, keySpan, valueSpan } = line;
      const message = `${key}= is already ${kept}: systemd ignores this line`;
      yield { ...(value.text === "" ? keySpan : valueSpan), severity: "error", message, directive: key };
    }
  },
};
