import type { Rule } from "../../findings/rule.ts";
import { changedSince, learntOf } from "../../learn/learntOf.ts";
import { inForce } from "../../service/settings.ts";
import { learntPlace } from "./learntPlace.ts";

/** What was learnt about other commands, said of each setting that changed. */
export const outdated: Rule = {
  code: "learn/outdated",
  *check(unit) {
    const learnt = unit.learnt && learntOf(unit);
    if (!learnt) return;
    const file = `${learnt.unit}.learnt.json`;
    for (const key of changedSince(learnt, unit)) {
      const node = key === undefined ? undefined : inForce(unit, key).at(-1);
      const place = learntPlace(unit, node);
      if (!place) continue;
      // A digest of all lines, as older versions wrote it, does not tell whether this one matters.
      if (key === undefined)
        yield {
          ...place,
          severity: "info",
          message: `${file} is older than the unit: the commands or other settings have changed since the service was observed`,
        };
      else
        yield {
          ...place,
          severity: "warning",
          message: `${key}= ${node ? "has changed" : "was removed"} since the service was learnt: it may need more now than ${file} allows; run \`unit-warden learn\` again`,
          directive: key,
        };
    }
  },
};
