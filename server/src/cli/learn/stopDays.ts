import type { LearntParts } from "../../learn/learntUnit.ts";
import { learnAgain } from "../../learn/relearn.ts";
import { planOnly, type TakeBack } from "../errand.ts";
import { type Machine, textAt } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { putBackPath, watchdogOf } from "../putBackScript.ts";
import { isActive, systemctl } from "../systemctl.ts";
import { runPutBack, temporaryDropIn } from "../temporaryDropIn.ts";
import { lockUnit } from "../unitLock.ts";
import { compareNow, tellsMore } from "../unitSnapshot.ts";
import { type Collector, collector } from "./collector.ts";
import { withConfigured, withProgramAbilities } from "./configuredNeeds.ts";
import { lostRights } from "./days.ts";
import { collectorOf, type DaysState, daysFolder, readState } from "./daysState.ts";
import { hostOf } from "./derive.ts";
import { isThrowAway } from "./freshMachine.ts";
import { heldTo } from "./heldTo.ts";
import { toAdd } from "./installLearnt.ts";
import { keepLearnt, nothingDerived, spare } from "./keepLearnt.ts";
import { learntReport } from "./learntReport.ts";
import { needLiveTracer, needWholeLogs } from "./logEnd.ts";
import { LogTrouble } from "./logFolder.ts";
import { dropInFolder, earlierIn } from "./ownDropIn.ts";
import { stopPlan } from "./plan.ts";
import { provenAfterwards } from "./provenDays.ts";
import { findTools, serviceName, systemdOf, unitOf } from "./service.ts";

/** What `learn stop` was asked for. */
interface StopRequest {
  readonly unit: string;
  readonly write: boolean;
  /** Whether to prove what is derived, and the commands that exercise the service then. */
  readonly verify: boolean;
  readonly commands: readonly string[];
  readonly noReload: boolean;
  readonly dryRun: boolean;
  /** Whether it is proven as on a new machine too; undefined where the machine decides. */
  readonly fresh: boolean | undefined;
  /** Whether the run counts over what is known of such services. */
  readonly trustRun: boolean;
  readonly parts: LearntParts;
  readonly colours: boolean;
  readonly width: number | undefined;
}

/** Ends an observation, puts the unit back and derives its settings. */
export async function stopDays(machine: Machine, takeBack: TakeBack, request: StopRequest): Promise<Ending> {
  const unit = serviceName(request.unit);
  const tools = await findTools(machine);
  if (!request.dryRun) await lockUnit(machine, takeBack, unit, "learn stop");
  const state = await readState(machine, unit);
  if (!state && !request.dryRun && (await undoStart(machine, unit)))
    return ending(`${unit} was not observed yet; it is as it was\n`, [], true);
  if (!state) throw new Error(`${unit} is not under observation`);
  const isFresh = request.verify && (request.fresh ?? (await isThrowAway(machine)));
  const plan = await stopPlan(machine, unit, { ...request, isFresh });
  if (request.dryRun) return planOnly(plan);
  for (const it of plan) machine.say(it);
  await machine.run(["systemctl", "stop", collectorOf(unit)]);
  const saved = (await readState(machine, unit)) ?? state;
  const isObserved = (await machine.stat(temporaryDropIn(unit, "learn"))) !== undefined;
  // A stop before, which did not come to its end, has read the logs and removed them.
  const isLeft = isObserved || (await machine.stat(saved.folder)) !== undefined;
  const collecting = await collector(machine, isLeft ? saved : { ...saved, logs: [] });
  const compared = takeBack(tellsMore(unit), async (it) => {
    if (isObserved && saved.before) await compareNow(it, unit, saved.before, { files: false });
  });
  // What is collected stays until it is derived: whoever interrupts this can stop it again.
  const putBack = takeBack(`run: sh ${putBackPath(unit)}`, async (it) => {
    try {
      await collecting.save();
    } finally {
      await runPutBack(it, unit);
    }
  });
  const trouble = await lastLook(machine, unit, { saved, collecting, isObserved });
  await putBack();
  await compared();
  if (trouble) {
    await forget(machine, saved);
    return nothingDerived(unit, trouble, request.width);
  }
  const read = unitOf(unit, saved.text, saved.systemd, { files: machine.programFiles });
  const earlier = await earlierIn(machine, dropInFolder(unit), unit);
  if (earlier) await collecting.follower.lookAt(Object.keys(earlier.needs.paths));
  const collected = collecting.needs();
  for (const it of lostRights(saved, collected)) machine.say(it);
  const host = await hostOf(machine, read, collecting.follower, collected.users);
  const needs = withProgramAbilities(await withConfigured(machine, collected, host), read);
  const runs = [{ calls: needs.calls, seconds: Math.round(machine.now() - saved.since), exercised: [] }];
  const from = { host, runs, ...heldTo(read, request.trustRun), ...systemdOf(saved.systemd) };
  const seen = learnAgain(earlier, needs, read, from);
  const known = { learnt: seen, earlier, from, needs, host, strace: tools.strace };
  const { learnt, held, problems } =
    request.verify && seen.refused === undefined
      ? await provenAfterwards(machine, takeBack, { ...request, unit, isFresh }, known)
      : { learnt: seen, held: seen.settings, problems: [] };
  const added = toAdd({ settings: held }, read, request);
  const isWanted = request.write && learnt.refused === undefined;
  const kept = isWanted ? await keepLearnt(machine, unit, learnt, added) : undefined;
  if (!isWanted) await spare(machine, unit, learnt);
  await forget(machine, saved);
  const isWritten = kept?.isWritten === true;
  const report = learntReport(learnt, read, { ...request, added, isWritten });
  return ending(report, [...problems, ...(kept?.problems ?? [])], !isWritten);
}

/** Reads what the logs show up to the stop of the service; gives why that is too little. */
async function lastLook(
  machine: Machine,
  unit: string,
  { saved, collecting, isObserved }: LastLook,
): Promise<LogTrouble | undefined> {
  if (saved.trouble !== undefined) return new LogTrouble(saved.trouble);
  const { follower } = collecting;
  try {
    await collecting.poll();
    if (isObserved) await needLiveTracer(machine, unitOf(unit, saved.text, saved.systemd), unit, follower);
    await follower.lookAgain();
    if (!isObserved) return undefined;
    machine.say(`stopping ${unit}`);
    await systemctl(machine, "stop", unit);
    await collecting.poll();
    await needWholeLogs(machine, unit, follower, saved.since);
    return undefined;
  } catch (error) {
    if (error instanceof LogTrouble) return error;
    throw error;
  }
}

interface LastLook {
  readonly saved: DaysState;
  readonly collecting: Collector;
  /** Whether the service still runs under strace. */
  readonly isObserved: boolean;
}

/** Removes what an observation left. */
async function forget(machine: Machine, { unit, folder }: DaysState): Promise<void> {
  await machine.remove(daysFolder(unit));
  await machine.remove(folder);
}

/** Undoes a start that was killed, together with who waits to undo it, before anything was collected. */
async function undoStart(machine: Machine, unit: string): Promise<boolean> {
  const script = await textAt(machine, putBackPath(unit));
  if (!script?.includes("`unit-warden learn start`") || (await isActive(machine, watchdogOf(unit)))) return false;
  await runPutBack(machine, unit);
  return true;
}
