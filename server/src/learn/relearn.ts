import type { Unit } from "../units/unit.ts";
import { type LearnFrom, learn } from "./learn.ts";
import type { Learnt, LearntSetting } from "./learnt.ts";
import { mergeNeeds } from "./merge.ts";
import type { Needs } from "./needs.ts";
import { unitDigest } from "./unitDigest.ts";

/**
 * What was learnt together with what another run shows: a setting lasts only where all runs speak for it, and stays proven
 * where it has the same value as before.
 */
export function relearn(learnt: Learnt, needs: Needs, unit: Unit, from: LearnFrom = {}): Learnt {
  const run = { calls: needs.calls, seconds: needs.seconds, exercised: [] };
  const runs = [...learnt.runs, ...(from.runs ?? [run])];
  const systemd = from.systemd ?? learnt.systemd;
  const again = learn(mergeNeeds(learnt.needs, needs), unit, {
    ...from,
    runs,
    ...(systemd === undefined ? {} : { systemd }),
  });
  const changed = learnt.unitDigest !== unitDigest(unit.main?.unit ?? unit);
  const settings = changed ? again.settings : again.settings.map((it) => stillProven(it, learnt.settings));
  return { ...again, settings, unknown: changed ? [CHANGED, ...again.unknown] : again.unknown };
}

const CHANGED = "Earlier runs were those of other commands, or of another user: the unit has changed since.";

function stillProven(it: LearntSetting, before: readonly LearntSetting[]): LearntSetting {
  const same = before.some(
    (old) => old.grade === "proven" && old.key === it.key && old.value === it.value && old.part === it.part,
  );
  return same && it.grade === "seen" ? { ...it, grade: "proven" } : it;
}
