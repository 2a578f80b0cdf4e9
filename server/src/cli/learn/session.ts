import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Learnt } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import type { Needs } from "../../learn/needs.ts";
import { observingDropIn } from "../../learn/observe.ts";
import { asSeen } from "../../learn/proof.ts";
import { learnAgain } from "../../learn/relearn.ts";
import { assigned } from "../../service/settings.ts";
import { append } from "../../text/append.ts";
import { askToRestart, planOnly, type TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { placesOf } from "../places.ts";
import { changeForAWhile } from "../temporaryDropIn.ts";
import { lockUnit } from "../unitLock.ts";
import { withConfigured, withProgramAbilities } from "./configuredNeeds.ts";
import { isTemplateName, needConnections, questionFor } from "./connections.ts";
import { hostOf, needsIn } from "./derive.ts";
import { type Follower, follower } from "./follower.ts";
import { isThrowAway, observeFresh, proveFresh, withFresh } from "./freshMachine.ts";
import { heldTo } from "./heldTo.ts";
import { toAdd } from "./installLearnt.ts";
import { keepLearnt, needTarget, nothingDerived, unprovenBy } from "./keepLearnt.ts";
import { learntReport } from "./learntReport.ts";
import { type LogFile, LogTrouble, makeLogFolder, makeLogs, newFolder } from "./logFolder.ts";
import { needRoom } from "./logRoom.ts";
import { stateBack, statePath } from "./movedState.ts";
import { exerciseBefore, NotStarted, type ObservedRun, observedRun, type RunPlan } from "./observedRun.ts";
import { instanceToProve, proveInstance } from "./otherInstance.ts";
import { dropInFolder, earlierIn, LEARNT_DROP_IN, NOTHING_NEW, plansAgain } from "./ownDropIn.ts";
import { giveBack, ownersPath } from "./owners.ts";
import { learnPlan } from "./plan.ts";
import { prove } from "./prove.ts";
import { type CompleteBundle, saveBundle } from "./saveBundle.ts";
import {
  findTools,
  losesRights,
  type ObservableService,
  observableService,
  serviceName,
  systemdOf,
} from "./service.ts";

/** What `learn UNIT` was asked for. */
export interface LearnRequest {
  readonly unit: string;
  readonly plan: RunPlan;
  readonly verify: boolean;
  readonly write: boolean;
  readonly yes: boolean;
  /** Whether only the plan is wanted. */
  readonly dryRun: boolean;
  /** Whether it is not reloaded though it could be. */
  readonly noReload: boolean;
  /** Whether it is proven as on a new machine too; undefined where the machine decides. */
  readonly fresh: boolean | undefined;
  /** Another instance of its template as which it is proven too. */
  readonly instance: string | undefined;
  /** Whether the run counts over what is known of such services. */
  readonly trustRun: boolean;
  /** Proposals to be taken and proven along. */
  readonly parts: LearntParts;
  /** Where a bundle of the first run goes. */
  readonly save: string | undefined;
  readonly colours: boolean;
  readonly width: number | undefined;
}

/** Observes a service, derives settings and, where it was asked for, proves and writes them. The unit is put back in any case. */
export async function learnService(machine: Machine, takeBack: TakeBack, request: LearnRequest): Promise<Ending> {
  try {
    return await observedAndDerived(machine, takeBack, request);
  } catch (error) {
    if (error instanceof LogTrouble)
      return nothingDerived(serviceName(request.unit, { templates: true }), error, request.width);
    throw error;
  }
}

async function observedAndDerived(machine: Machine, takeBack: TakeBack, request: LearnRequest): Promise<Ending> {
  const name = serviceName(request.unit, { templates: true });
  const tools = await findTools(machine, { asRoot: !request.dryRun });
  if (!request.dryRun) await lockUnit(machine, takeBack, name, "learn");
  const service = await observableService(machine, name, request);
  if (isTemplateName(name)) needConnections(name, request.plan);
  // A call that a filter of the unit denies is no new failure of a proof, but does not reach the log of a quick run.
  const how = tools.isQuick && !(request.verify && hasFilters(service)) ? "quick" : "whole";
  const trial = observingDropIn(service.unit, { folder: "/", strace: tools.strace, how });
  if ("refused" in trial) throw new Error(`${name} cannot be observed: ${trial.refused}`);
  const earlier = await earlierIn(machine, dropInFolder(name, placesOf(machine)), name);
  const again = plansAgain(earlier, service.hides);
  // Whom connections start, each in its time, nobody starts without its state, or as another.
  const isOne = !isTemplateName(name);
  if (!isOne && (request.fresh || request.instance !== undefined))
    throw new Error(`--fresh and --instance are for services that can be restarted, ${name} is started by connections`);
  const isThrownAway = isOne && request.verify && request.fresh !== false && (await isThrowAway(machine));
  const isFresh = request.verify && (request.fresh ?? isThrownAway);
  const other = await instanceToProve(machine, name, request.instance, isThrownAway);
  if (other !== undefined && !request.dryRun) await lockUnit(machine, takeBack, other, "learn");
  const planned = await learnPlan(machine, { ...request, isFresh, other }, service, { ...tools, how, earlier });
  const plan = [...planned, ...again, ...trial.notes.map((it) => `note: ${it}`)];
  if (request.dryRun) return planOnly(plan);
  for (const it of plan) machine.say(it);
  await needRoom(machine);
  if (request.write) await needTarget(machine, `${dropInFolder(name, placesOf(machine))}/${LEARNT_DROP_IN}`);
  if (request.save !== undefined) await needTarget(machine, request.save, "here");
  await askToRestart(machine, name, request.yes, questionFor(name));
  const { commands } = request.plan;
  await exerciseBefore(machine, service, commands);

  const folder = await newFolder(machine, name);
  const changed = await changeForAWhile(machine, takeBack, {
    unit: name,
    by: "learn",
    rubbish: [folder],
    scripts: [statePath(name), ownersPath(name)],
    hides: service.hides,
  });
  await makeLogFolder(machine, folder);
  await stateBack(machine, name);
  await giveBack(machine, name);
  const needsOf = async (logs: Follower): Promise<Needs> => {
    const host = await hostOf(machine, service.unit, logs);
    const needs = await needsIn(machine, logs.logs, service.unit, host);
    return withProgramAbilities(await withConfigured(machine, needs, host), service.unit);
  };
  let files: readonly LogFile[] = [];
  const run = async (kind: "quick" | "whole" | "privileged"): Promise<{ run: ObservedRun; needs: Needs }> => {
    const made = observingDropIn(service.unit, { folder, strace: tools.strace, how: kind });
    if ("refused" in made) throw new Error(`${name} cannot be observed so: ${made.refused}`);
    files = await makeLogs(machine, folder, { unit: service.unit, names: made.logs, asRoot: kind === "privileged" });
    const target = { unit: service.unit, dropIn: made.dropIn, logs: files, canReload: service.canReload };
    const done = await observedRun(machine, changed, name, target, request.plan);
    return { run: done, needs: await needsOf(done.follower) };
  };
  let observed = await run(how).catch(async (error: unknown) => {
    // What it did before it gave up shows whether it was for want of rights.
    const logs = follower(machine, files);
    if (!(error instanceof NotStarted)) throw error;
    await logs.poll();
    await logs.lookAgain();
    if (losesRights(service.unit, await needsOf(logs))) return undefined;
    throw error;
  });
  const isPrivileged = observed === undefined || losesRights(service.unit, observed.needs);
  if (isPrivileged || observed === undefined) {
    machine.say(
      "it runs programs with the rights of others, which strace takes from them: once more, with strace as root",
    );
    observed = await run("privileged");
  }
  const { follower: logs, seconds, startSeconds, problems, unexercised } = observed.run;
  if (earlier) await logs.lookAt(Object.keys(earlier.needs.paths));
  const host = await hostOf(machine, service.unit, logs, observed.needs.users);
  const runs = [{ calls: observed.needs.calls, seconds, exercised: commands }];
  const from = { host, runs, ...heldTo(service.unit, request.trustRun), ...systemdOf(tools.systemd) };
  let learnt: Learnt = learnAgain(earlier, observed.needs, service.unit, from);
  if (earlier && learnt.needs === earlier.needs) machine.say(NOTHING_NEW);
  const unproven: string[] = [];
  let completeBundle: CompleteBundle | undefined;
  if (request.save !== undefined) {
    const head = { unit: name, tools, exercised: commands, host };
    const bundle = { ...head, text: service.text, logs: files, statuses: host.statuses };
    completeBundle = await saveBundle(machine, request.save, bundle);
  }
  // What held goes into the drop-in; it is proven only where something was asked of the service.
  let held = learnt.settings;
  // What fails before anything is set shows nothing of what was set.
  if (request.verify && unexercised.length > 0) machine.say("the exercise fails under observation: nothing is proven");
  else if (request.verify && learnt.refused === undefined) {
    const proofPlan = { ...request.plan, seconds: 0, untilEnter: false, patience: Math.round(60 + 3 * seconds) };
    const first = {
      service,
      changed,
      folder,
      strace: tools.strace,
      how: isPrivileged ? ("privileged" as const) : ("whole" as const),
      host,
      needs: observed.needs,
      startSeconds,
      problems,
      plan: proofPlan,
    };
    const fresh = isFresh ? await observeFresh(machine, first) : undefined;
    const provable = fresh ? { ...first, ...withFresh(first, fresh) } : first;
    if (fresh) {
      const all = { ...from, host: provable.host, runs: [...runs, fresh.run] };
      learnt = learnAgain(earlier, provable.needs, service.unit, all);
    }
    const { settings, problem } = await prove(machine, provable, learnt, request.parts, async (borne) => {
      const kept = fresh ? await proveFresh(machine, provable, fresh, borne, request.parts) : borne;
      return other === undefined ? kept : proveInstance(machine, takeBack, provable, other, kept, request.parts);
    }).catch(unprovenBy(learnt));
    held = settings;
    learnt = { ...learnt, settings: commands.length > 0 ? settings : asSeen(settings, learnt.settings) };
    if (problem !== undefined) unproven.push(problem);
  }
  await changed.putBack();
  append(unproven, (await completeBundle?.(learnt)) ?? []);
  const added = toAdd({ settings: held }, service.unit, request);
  const isWanted = request.write && learnt.refused === undefined;
  const kept = isWanted ? await keepLearnt(machine, name, learnt, added) : undefined;
  const isWritten = kept?.isWritten === true;
  const report = learntReport(learnt, service.unit, { ...request, added, isWritten });
  const isOpen = !isWritten && completeBundle === undefined && learnt.settings.some((it) => it.grade !== "refused");
  return ending(report, [...problems, ...unproven, ...(kept?.problems ?? [])], isOpen);
}

/** What makes calls fail by a filter of the kernel. */
const FILTERS: readonly DirectiveName[] = [
  "SystemCallFilter",
  "SystemCallArchitectures",
  "RestrictAddressFamilies",
  "RestrictNamespaces",
  "RestrictRealtime",
  "RestrictSUIDSGID",
  "MemoryDenyWriteExecute",
  "LockPersonality",
];

const hasFilters = ({ unit }: ObservableService): boolean => FILTERS.some((it) => assigned(unit, it).length > 0);
