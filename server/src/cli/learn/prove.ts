import { relaxationsOf } from "../../learn/blame.ts";
import type { RunHost } from "../../learn/host.ts";
import type { Learnt, LearntSetting } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import type { Needs } from "../../learn/needs.ts";
import { failureText, newFailures } from "../../learn/newFailures.ts";
import { observingDropIn } from "../../learn/observe.ts";
import { proofAddition, proven, settingsToProve } from "../../learn/proof.ts";
import { searchTightest } from "../../learn/trial/search.ts";
import type { Setup, TrialAnswer, TrialSetting } from "../../learn/trial/trial.ts";
import { withLines } from "../../service/executable.ts";
import type { Machine } from "../machine.ts";
import type { ChangedUnit } from "../temporaryDropIn.ts";
import { needsIn } from "./derive.ts";
import { NotStarted, observedRun, type RunPlan } from "./observedRun.ts";
import type { ObservableService } from "./service.ts";

/** A service that was observed once, and how it can be observed again. */
export interface Provable {
  readonly service: ObservableService;
  readonly changed: ChangedUnit;
  readonly folder: string;
  readonly strace: string;
  readonly plan: RunPlan;
  readonly host: RunHost;
  /** What the first run needed. */
  readonly needs: Needs;
  /** What went wrong in it already. */
  readonly problems: readonly string[];
}

/** So many runs a proof may take: each restarts the service and exercises it. */
const MOST_RUNS = 12;

/**
 * Runs the service under what was learnt, observed as a whole, and loosens what makes calls fail that did not before, until
 * nothing new fails. Gives the settings with their grades.
 */
export async function prove(
  machine: Machine,
  provable: Provable,
  learnt: Learnt,
  parts: LearntParts,
): Promise<readonly LearntSetting[]> {
  const tried = settingsToProve(learnt.settings, parts);
  const search = searchTightest(tried, MOST_RUNS);
  let runs = 0;
  for (let next = search.next(); ; ) {
    if (next.done) return proven(learnt.settings, tried, next.value);
    machine.say(`proof, run ${++runs} of at most ${MOST_RUNS}: ${next.value.flat().length} lines of settings`);
    const answer = await ask(machine, provable, tried, next.value);
    if (!answer.works) machine.say(`this does not hold: ${answer.reason}`);
    next = search.next(answer);
  }
}

async function ask(
  machine: Machine,
  { service, changed, folder, strace, plan, host, needs, problems: known }: Provable,
  tried: readonly TrialSetting[],
  setup: Setup,
): Promise<TrialAnswer> {
  const { lines, dropIn } = proofAddition(service.unit, setup.flat());
  const unit = withLines(service.unit, lines);
  const observation = observingDropIn(unit, { folder, strace, how: "whole" });
  if ("refused" in observation) return { works: false, reason: observation.refused, relaxed: [] };
  for (const it of await machine.list(folder)) await machine.remove(`${folder}/${it}`);
  const text = `${dropIn}\n${observation.dropIn}`;
  try {
    const target = { dropIn: text, folder, canReload: service.canReload };
    const { problems } = await observedRun(machine, changed, service.name, target, plan);
    const failures = newFailures(needs, await needsIn(machine, folder, unit, host), lines);
    const problem = problems.find((it) => !known.includes(it));
    const [failure] = failures;
    if (problem === undefined && failure === undefined) return { works: true };
    const reason = problem ?? (failure ? failureText(failure) : "");
    return { works: false, reason, relaxed: relaxationsOf(failures, tried, setup) };
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    // What it did before it gave up may tell why.
    const failures = newFailures(needs, await needsIn(machine, folder, unit, host), lines);
    return { works: false, reason: error.message, relaxed: relaxationsOf(failures, tried, setup) };
  }
}
