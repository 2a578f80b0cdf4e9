import { type DirectiveName, directive, grammarIn } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { holdsIn } from "../../facts/version.ts";
import { issuesOf } from "../../values/read.ts";
import { isTestInstance } from "../../values/unitName.ts";
import type { Assign, Assignments } from "./assign.ts";

/** Until when systemd gives up at values that it ignores today. */
const GIVES_UP = { until: 248 };

/** Ends the reading where the grammar of the directive says that an older systemd refuses the unit. */
export function refusedOnce(section: SectionName, name: DirectiveName): Assign {
  return (_settings, value, { version, scope, name: unit }) => {
    const row = holdsIn(GIVES_UP, version) ? directive(section, name) : undefined;
    if (!row) return undefined;
    const where = { version, scope, kind: unit.kind, unit, certain: !isTestInstance(unit) };
    const issues = issuesOf(grammarIn(row, version), value, where);
    return issues.find(({ effect }) => effect === "refused");
  };
}

/** What does not change the settings that count, but once had a unit refused. */
export const REFUSED_ONCE: Assignments = {
  CPUAffinity: refusedOnce("Service", "CPUAffinity"),
  StandardError: refusedOnce("Service", "StandardError"),
  StandardInput: refusedOnce("Service", "StandardInput"),
  StandardInputData: refusedOnce("Service", "StandardInputData"),
  StandardInputText: refusedOnce("Service", "StandardInputText"),
  StandardOutput: refusedOnce("Service", "StandardOutput"),
};
