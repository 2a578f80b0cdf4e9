import type { Unit } from "../units/unit.ts";
import { condensed } from "./condensed.ts";
import { forEveryInstance } from "./instanceNames.ts";
import { type LearnFrom, learn } from "./learn.ts";
import type { Learnt, LearntSetting } from "./learnt.ts";
import { mergeNeeds } from "./merge.ts";
import type { Needs } from "./needs.ts";
import { isNothing, newNeeds } from "./newNeeds.ts";
import { changedLines, sameLines } from "./observedLines.ts";

/** What runs say, together with what was learnt before, where something was. */
export const learnAgain = (earlier: Learnt | undefined, needs: Needs, unit: Unit, from: LearnFrom): Learnt =>
  earlier ? relearn(earlier, needs, unit, from) : learn(needs, unit, from);

/**
 * What was learnt together with what another run shows: a setting lasts only where all runs speak for it, and stays proven
 * where it has the same value as before.
 */
export function relearn(learnt: Learnt, needs: Needs, unit: Unit, from: LearnFrom = {}): Learnt {
  const run = { calls: needs.calls, seconds: needs.seconds, exercised: [] };
  const more = from.runs ?? [run];
  const added = newNeeds(learnt.needs, condensed(needs));
  const known = new Set(learnt.runs.flatMap((it) => it.exercised));
  const changed = changedLines(learnt.observed, unit.main?.unit ?? unit).length > 0;
  // A run that shows nothing new leaves the evidence as it is.
  const isKnown = !changed && isNothing(added) && more.every((it) => it.exercised.every((one) => known.has(one)));
  const runs = isKnown ? learnt.runs : [...learnt.runs, ...more];
  const systemd = from.systemd ?? learnt.systemd;
  const again = learn(mergeNeeds(learnt.needs, newNeeds(learnt.needs, needs)), unit, {
    ...from,
    runs,
    // What the owner said once counts until the file goes.
    ...(from.trusted || learnt.trusted ? { trusted: true } : {}),
    ...(systemd === undefined ? {} : { systemd }),
  });
  // What was learnt of an instance before may have the name of it in its paths.
  const before = learnt.settings.map((it) => forEveryInstance(it, unit));
  const proofs = changed ? again.settings : withProofs(again.settings, before);
  return {
    ...again,
    settings: withFirstSights(proofs, before),
    unknown: changed || learnt.unknown.includes(CHANGED) ? [CHANGED, ...again.unknown] : again.unknown,
    needs: isKnown ? learnt.needs : condensed(mergeNeeds(learnt.needs, added)),
  };
}

/** Settings whose evidence is that of before, with the lines that showed it first. */
const withFirstSights = (settings: readonly LearntSetting[], before: readonly LearntSetting[]): LearntSetting[] =>
  settings.map((it) => {
    const same = before.find((old) => isSame(it, old) && old.evidence === it.evidence && old.sights.length > 0);
    return same ? { ...it, sights: same.sights } : it;
  });

const CHANGED = "Earlier runs were those of other commands, or of another user: the unit has changed since.";

/** What two files have learnt about one service as one file; settings follow from it by `relearn()`. */
export function joinLearnt(a: Learnt, b: Learnt): Learnt {
  return {
    ...a,
    observed: sameLines(a.observed, b.observed) ? a.observed : "",
    systemd: b.systemd ?? a.systemd,
    ...(a.trusted || b.trusted ? { trusted: true } : {}),
    runs: [...a.runs, ...b.runs],
    settings: [...a.settings, ...b.settings],
    needs: mergeNeeds(a.needs, b.needs),
  };
}

/** What second runs have shown before, which no trace shows: what held, what failed and what was loosened for it. */
function withProofs(settings: readonly LearntSetting[], before: readonly LearntSetting[]): readonly LearntSetting[] {
  const kept = settings.map((it) => {
    const same = before.filter((old) => isSame(it, old));
    const failed = same.find((old) => old.grade === "refused" && FAILED.test(old.evidence));
    if (it.grade === "seen" && failed) return { ...it, grade: failed.grade, evidence: failed.evidence, isShown: true };
    const held = same.find((old) => old.grade === "proven");
    return held && it.grade === "seen" && !it.known ? { ...it, grade: held.grade } : it;
  });
  const loosened = before.filter((old) => LOOSENED.test(old.evidence) && !settings.some((it) => isSame(it, old)));
  return [...kept, ...loosened];
}

/** How sentences of a proof begin. */
const FAILED = /^a second run failed under it/;
const LOOSENED = /^loosened in a second run/;

const isSame = (a: LearntSetting, b: LearntSetting): boolean =>
  a.key === b.key && a.value === b.value && a.part === b.part;
