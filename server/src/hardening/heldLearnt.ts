import type { Grade } from "../findings/finding.ts";
import { takesNothing } from "../learn/kernelRefusals.ts";
import { judged, type KnownObjections } from "../learn/known.ts";
import type { Learnt, LearntSetting } from "../learn/learnt.ts";
import { isOutdated, learntOf } from "../learn/learntOf.ts";
import { BY_TRIAL } from "../learn/trial/learntFromTrial.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { knownOf, outlastsProof } from "./beyondRuns.ts";

/** What was learnt about a service, held to what is known of it now, as the file may be older; undefined where nothing was. */
export const heldLearnt: (unit: Unit) => Learnt | undefined = memo((unit: Unit) => {
  const learnt = learntOf(unit);
  if (!learnt || learnt.trusted) return learnt;
  const known = knownOf(unit);
  // Words let suspect what a reading of the programs answered where it was proven; these are not at hand everywhere.
  const lasting: KnownObjections = (key, value) => {
    const found = known(key, value);
    return found?.isDoubt && !outlastsProof(found) ? undefined : found;
  };
  const isIdle = takesNothing(learnt.settings, unit);
  const settings = learnt.settings.flatMap((it) =>
    it.part === "settings" && !isIdle(it) ? judged(it, it.grade === "proven" ? lasting : known) : [it],
  );
  return { ...learnt, settings };
});

/** The lines that were learnt about a directive of the commands that a unit has now, without those that were refused. */
export function learntLines(unit: Unit, directive: string): readonly LearntSetting[] {
  const learnt = heldLearnt(unit);
  if (!learnt || isOutdated(learnt, unit)) return [];
  return learnt.settings.filter((it) => it.key === directive && it.part === "settings" && it.grade !== "refused");
}

/** What has to hold where only what its programs can do speaks against it. */
const UNDONE = "if it works without what its programs can do and no run did";

/** How sure a run makes it, or what has to hold that no run shows. */
export function confidenceOfRun(
  settings: readonly LearntSetting[],
  unit: Unit,
): { readonly grade: Grade; readonly reason: string } {
  const doubtful = settings.find((it) => it.known);
  const doubt = doubtful && knownOf(unit)(doubtful.key, doubtful.value);
  if (doubtful) return { grade: "likely", reason: doubt?.reason ?? UNDONE };
  const isTrial = settings.some((it) => it.evidence.startsWith(BY_TRIAL));
  if (settings.some((it) => it.grade !== "proven"))
    return { grade: "measured", reason: isTrial ? "it started with it in a trial" : "an observed run showed it" };
  return { grade: "measured", reason: isTrial ? "a trial proved it" : "a second run proved it" };
}
