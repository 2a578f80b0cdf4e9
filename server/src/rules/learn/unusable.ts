import { readLearntOf } from "../../learn/learntOf.ts";
import { ownHeader } from "../findingPlace.ts";
import type { Rule } from "../rule.ts";
import { LEARNT_EXAMPLE } from "./example.ts";

/** A file that looks like one of what was learnt and is none that can be used. */
export const unusable: Rule = {
  code: "learn/unusable",
  title: "Learnt file cannot be used",
  why: "NAME.service.learnt.json next to the unit cannot be read, belongs to another service, or is of another version, so that nothing guards the unit against what a run has shown.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/usr/bin/x\n",
    otherFiles: { "x.service.learnt.json": '{ "version": 2 }\n' },
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/x\n",
    otherFiles: { "x.service.learnt.json": LEARNT_EXAMPLE },
  },
  *check(unit) {
    const read = unit.learnt && readLearntOf(unit);
    if (!read || !("problem" in read)) return;
    const name = unit.learnt?.path.replace(/^.*\//s, "") ?? "";
    yield { ...ownHeader(unit), severity: "warning", message: `${name}: ${read.problem}` };
  },
};
