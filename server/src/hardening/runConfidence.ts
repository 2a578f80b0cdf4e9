import type { LearntSetting } from "../learn/learnt.ts";
import type { Facts } from "../service/facts.ts";
import { type Confidence, confidenceWithoutRun } from "./confidence.ts";
import { confidenceOfRun, learntLines } from "./heldLearnt.ts";
import type { HardeningDirective, Row } from "./profiles.ts";
import { impliesValue } from "./strictness.ts";

/** How sure it is that a service bears the safe value of a row; a doubt about it only a run takes away. */
export function confidenceIn(row: Row, facts: Facts, value: string, unless?: string): Confidence {
  const learnt = learntConfidence(row.directive, facts, value);
  return learnt ? { ...learnt, value } : confidenceWithoutRun(row, facts, value, unless);
}

/** What a run of this very service, with the commands that it has now, showed of the value, or of one that asks for more. */
function learntConfidence(
  directive: HardeningDirective,
  { unit }: Facts,
  value: string,
): Omit<Confidence, "value"> | undefined {
  const own = learntLines(unit, directive);
  const proven = own.filter((it) => it.grade === "proven");
  if (borneBy(proven, directive, value)) return confidenceOfRun(proven, unit);
  return borneBy(own, directive, value) ? confidenceOfRun(own, unit) : undefined;
}

const borneBy = (settings: readonly LearntSetting[], directive: HardeningDirective, value: string): boolean =>
  impliesValue(
    directive,
    settings.map((it) => it.value),
    value,
  );
