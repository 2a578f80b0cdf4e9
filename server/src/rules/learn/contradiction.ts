import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Fix } from "../../findings/finding.ts";
import type { Rule } from "../../findings/rule.ts";
import { learntEdits } from "../../hardening/learntEdits.ts";
import { contradictionsOf, learntOf } from "../../learn/learntOf.ts";
import type { TextEdit } from "../../text/span.ts";
import type { Unit } from "../../units/unit.ts";
import { removal } from "../removal.ts";
import { learntPlace } from "./learntPlace.ts";

/** Settings that take away what an observed run of the service needed. */
export const contradictsRun: Rule = {
  code: "learn/contradiction",
  *check(unit) {
    for (const { cause, message } of contradictionsOf(unit)) {
      const place = learntPlace(unit, cause.node);
      if (!place) continue;
      const fixes = cause.node ? fixesFor(unit, cause.directive) : [];
      yield { ...place, severity: "warning", message, directive: cause.directive, fixes };
    }
  },
};

/** The value that was learnt, where the file has one, else to do without the setting. */
function fixesFor(unit: Unit, directive: DirectiveName): readonly Fix[] {
  const settings = (learntOf(unit)?.settings ?? []).filter((it) => it.key === directive && it.part === "settings");
  if (settings.every((it) => it.grade === "refused")) return [removal(unit, directive, false)];
  const edits = (): readonly TextEdit[] => learntEdits(unit, settings);
  return [{ title: `Set ${directive}= to what was learnt`, safe: false, edits }];
}
