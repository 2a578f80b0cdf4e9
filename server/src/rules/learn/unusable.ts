import { ownHeader } from "../../findings/findingPlace.ts";
import type { Rule } from "../../findings/rule.ts";
import { readLearntOf } from "../../learn/learntOf.ts";
import { needsPath } from "../../units/learntText.ts";
import { LEARNT_EXAMPLE } from "./example.ts";

/** A file that looks like one of what was learnt and is none that can be used. */
export const unusable: Rule = {
  code: "learn/unusable",
  title: "Learnt file cannot be used",
  why: "NAME.service.learnt.json next to the unit, or NAME.service.needs.json with what its runs needed, cannot be read, belongs to another service, or is of another version, so that nothing guards the unit against what a run has shown.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/usr/bin/x\n",
    otherFiles: { "x.service.learnt.json": '{ "version": 3 }\n' },
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/x\n",
    otherFiles: { "x.service.learnt.json": LEARNT_EXAMPLE },
  },
  *check(unit) {
    const read = unit.learnt && readLearntOf(unit);
    const problem = read && ("problem" in read ? read.problem : read.needsProblem);
    if (!read || problem === undefined || !unit.learnt) return;
    const path = "problem" in read ? unit.learnt.path : needsPath(unit.learnt.path);
    yield { ...ownHeader(unit), severity: "warning", message: `${path.replace(/^.*\//s, "")}: ${problem}` };
  },
};
