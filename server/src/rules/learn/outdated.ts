import { isOutdated, learntOf } from "../../learn/learntOf.ts";
import { ownHeader } from "../findingPlace.ts";
import type { Rule } from "../rule.ts";
import { LEARNT_EXAMPLE } from "./example.ts";

/** What was learnt about other commands, said once. */
export const outdated: Rule = {
  code: "learn/outdated",
  title: "Learnt file is older than the commands of the unit",
  why: "NAME.service.learnt.json holds what the service was seen to need. The unit now runs something else, or runs it otherwise, so that it may need more and less than that. Run `unit-warden learn` again.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/usr/bin/x --new-cache\n",
    otherFiles: { "x.service.learnt.json": LEARNT_EXAMPLE },
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/x\nProtectHome=yes\n",
    otherFiles: { "x.service.learnt.json": LEARNT_EXAMPLE },
  },
  *check(unit) {
    const learnt = unit.learnt && learntOf(unit);
    if (!learnt || !isOutdated(learnt, unit)) return;
    yield {
      ...ownHeader(unit),
      severity: "info",
      message: `${learnt.unit}.learnt.json is older than the unit: the commands or other settings have changed since the service was observed`,
    };
  },
};
