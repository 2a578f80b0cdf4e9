import { templateOf } from "../units/index/target.ts";
import type { LearntText } from "../units/learntText.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { type Contradiction, contradictions } from "./contradictions.ts";
import type { Learnt } from "./learnt.ts";
import { type ReadLearnt, readLearnt } from "./learntFile.ts";
import { changedLines } from "./observedLines.ts";

/**
 * What the file next to a service or the service of a drop-in says, or in one sentence without a full stop why it cannot be
 * used; undefined where there is none.
 */
export function readLearntOf(unit: Unit): ReadLearnt | undefined {
  const { learnt, path } = unit.main?.unit ?? unit;
  if (!learnt || path.kind !== "service") return undefined;
  const read = readOnce(learnt);
  if ("problem" in read || path.name === undefined || isAbout(read.learnt.unit, path.name)) return read;
  return { problem: `The file is about ${read.learnt.unit}, not about ${path.name}` };
}

/** The same where it can be used. */
export function learntOf(unit: Unit): Learnt | undefined {
  const read = unit.learnt || unit.main ? readLearntOf(unit) : undefined;
  return read && "learnt" in read ? read.learnt : undefined;
}

const readOnce = memo(({ text, needs }: LearntText) => readLearnt(text, needs));

/** What one instance was seen to need counts for its template. */
const isAbout = (learnt: string, name: string): boolean =>
  learnt === name || templateOf(learnt) === name || learnt === templateOf(name);

/** What a service takes away now although a run was seen to need it, told once for each version of its text. */
export const contradictionsOf: (unit: Unit) => readonly Contradiction[] = memo((unit: Unit) => {
  const learnt = learntOf(unit);
  return learnt ? contradictions(learnt, unit) : [];
});

/** Whether a service runs something else than what was observed. */
export const isOutdated = (learnt: Learnt, unit: Unit): boolean => changedSince(learnt, unit).length > 0;

/** The directives that decide what a service needs and whose lines are others than those observed; that it takes up the proposed user is no change. */
export function changedSince(learnt: Learnt, unit: Unit): ReturnType<typeof changedLines> {
  const proposed = learnt.settings.filter((it) => it.part === "user" && it.grade !== "refused").map((it) => it.key);
  return changedLines(learnt.observed, unit, new Set(proposed));
}
