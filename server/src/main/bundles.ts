import { learntFromBundles } from "../cli/learn/fromBundles.ts";
import { type ReadBundle, readLearnBundle } from "../cli/learn/readBundle.ts";
import { isOutdated, learntOf } from "../learn/learntOf.ts";
import type { DerivedLearnt } from "../server/fileAccess.ts";
import { templateOf } from "../units/index/target.ts";
import { withKnowledge } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { nodeMachine } from "./nodeMachine.ts";

/** Derives what is learnt about a unit from bundles of this machine; throws with a sentence for the reader. */
export async function learnBundles(paths: readonly string[], shown: Unit): Promise<DerivedLearnt> {
  const { defaults } = shown;
  // There is time for all that its programs show.
  const unit = defaults?.files
    ? withKnowledge(shown, { defaults: { ...defaults, files: nodeMachine.programFiles } })
    : shown;
  const name = unit.path.name ?? "";
  const read: ReadBundle[] = [];
  for (const path of paths) {
    const bundle = await readLearnBundle(nodeMachine, path);
    const of = bundle.head.unit;
    if (of !== name && templateOf(of) !== name) throw new Error(`${path} is a bundle of ${of}, not of ${name}`);
    if (bundle.trouble !== undefined) throw new Error(`Nothing is derived: ${bundle.trouble}`);
    read.push(bundle);
  }
  // What lies next to the unit already is added to, unless the unit has changed since.
  const beside = learntOf(unit);
  const isOf = beside !== undefined && !beside.isWithoutNeeds && !isOutdated(beside, unit);
  const derived = (trustRun: boolean) => learntFromBundles(read, unit, isOf ? [beside] : [], { trustRun });
  return { learnt: derived(false), trusted: derived(true) };
}
