import { callsOf } from "../../facts/systemCalls.ts";
import { type NeedName, needNamed } from "../../needs/vocabulary.ts";
import type { PathUse, Sight } from "../needs.ts";
import { callSights, type LearnContext, markSights, usedBelow, WRITING } from "./learnContext.ts";
import { stableName } from "./stableNames.ts";

/** What a run showed of a need: the end of a sentence, and where it was seen. */
export interface ShownNeed {
  readonly reason: string;
  readonly sights: readonly Sight[];
  /** The path that showed it. */
  readonly path?: string;
}

/** What a process does with a path that it opens. */
export const USING: readonly PathUse[] = ["read", "write", "list", "map", "execute"];

/** All that a run shows of a need, by the signs that the vocabulary has of it; of its marks only one where that is asked for. */
export function shownOf(context: LearnContext, need: NeedName, mark?: string): readonly ShownNeed[] {
  const { uses = [], writes = [], calls = [], callGroup, capabilities = [], marks = {} } = needNamed(need)?.signs ?? {};
  const found: ShownNeed[] = [...usedBelow(context, writes, WRITING), ...usedBelow(context, uses, USING)].map(
    ({ path, sights }) => ({ reason: `uses ${stableName(context, path)}`, sights, path }),
  );
  for (const name of [...calls, ...((callGroup && callsOf(callGroup, context.unit.version)) || [])])
    found.push({ reason: `${name}() was called`, sights: callSights(context, [name]) });
  for (const [name, reason] of Object.entries(marks))
    if (mark === undefined || mark === name) found.push({ reason, sights: markSights(context, name) });
  for (const name of capabilities) {
    const seen = context.needs.capabilities[name];
    if (seen) found.push({ reason: `needs ${name} to ${seen.reason}`, sights: [seen.sight] });
  }
  return found.filter((it) => it.sights.length > 0);
}
