import { ownHeader } from "../../findings/findingPlace.ts";
import type { Rule } from "../../findings/rule.ts";
import { readLearntOf } from "../../learn/learntOf.ts";
import { needsPath } from "../../units/learntText.ts";

/** A file that looks like one of what was learnt and is none that can be used. */
export const unusable: Rule = {
  code: "learn/unusable",
  *check(unit) {
    const read = unit.learnt && readLearntOf(unit);
    const problem = read && ("problem" in read ? read.problem : read.needsProblem);
    if (!read || problem === undefined || !unit.learnt) return;
    const path = "problem" in read ? unit.learnt.path : needsPath(unit.learnt.path);
    yield { ...ownHeader(unit), severity: "warning", message: `${path.replace(/^.*\//s, "")}: ${problem}` };
  },
};
