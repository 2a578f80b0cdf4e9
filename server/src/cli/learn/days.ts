import type { RunHost } from "../../learn/host.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { LEARNT_SUFFIX, writeLearnt } from "../../learn/learntFile.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import type { Needs } from "../../learn/needs.ts";
import { observingDropIn } from "../../learn/observe.ts";
import { learnAgain } from "../../learn/relearn.ts";
import { askToRestart, planOnly, type TakeBack } from "../errand.ts";
import { type Machine, textAt } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { putBackPath, putBackScript, watchdogOf } from "../putBackScript.ts";
import { isActive, showUnit, startTransient, systemctl } from "../systemctl.ts";
import {
  changeForAWhile,
  removeLeftovers,
  runPutBack,
  startWatchdog,
  stateBefore,
  temporaryDropIn,
  thisProcess,
} from "../temporaryDropIn.ts";
import { lockUnit } from "../unitLock.ts";
import { compareNow, tellsMore, unitSnapshot } from "../unitSnapshot.ts";
import { collector } from "./collector.ts";
import { withConfigured } from "./configuredNeeds.ts";
import { collectorOf, type DaysState, daysFolder, readCollected, readState, writeState } from "./daysState.ts";
import { hostOf } from "./derive.ts";
import { installLearnt, toAdd } from "./installLearnt.ts";
import { LEARN_FOLDER, makeOpenFolder, newFolder } from "./logFolder.ts";
import { exerciseBefore, startObserved } from "./observedRun.ts";
import { dropInFolder, earlierIn, plansAgain } from "./ownDropIn.ts";
import { giveBack, ownersPath } from "./owners.ts";
import { daysPlan, stopPlan } from "./plan.ts";
import { prove } from "./prove.ts";
import { learntReport } from "./report.ts";
import { findTools, losesRights, observableService, serviceName, systemdOf, unitOf } from "./service.ts";

/** So long it has to stay up before it is left to itself for days. */
const STEADY_SECONDS = 10;

/** Begins to observe a service for days; where that fails, the unit is put back. */
export async function startDays(
  machine: Machine,
  takeBack: TakeBack,
  { unit: written, yes, dryRun }: { readonly unit: string; readonly yes: boolean; readonly dryRun: boolean },
): Promise<Ending> {
  const unit = serviceName(written);
  const tools = await findTools(machine, { asRoot: !dryRun });
  if (!dryRun) await lockUnit(machine, takeBack, unit, "learn start");
  if (await readState(machine, unit))
    throw new Error(`${unit} is under observation, or was: unit-warden learn stop ${unit} derives its settings`);
  const service = await observableService(machine, unit);
  const folder = await newFolder(machine, unit);
  const how = tools.isQuick ? "quick" : "whole";
  const observation = observingDropIn(service.unit, { folder, strace: tools.strace, how });
  if ("refused" in observation) throw new Error(`${unit} cannot be observed: ${observation.refused}`);
  const again = plansAgain(await earlierIn(machine, dropInFolder(unit), unit), service.hides);
  const notes = observation.notes.map((it) => `note: ${it}`);
  const plan = [...(await daysPlan(machine, service, { ...tools, how })), ...again, ...notes];
  if (dryRun) return planOnly(plan);
  for (const it of plan) machine.say(it);
  await askToRestart(machine, unit, yes);
  await removeLeftovers(machine, unit);
  let isKept = false;
  const before = await unitSnapshot(machine, unit);
  takeBack(tellsMore(unit), async (it) => {
    if (!isKept) await compareNow(it, unit, before);
  });
  takeBack(`run: sh ${putBackPath(unit)}`, async (it) => {
    if (isKept) return;
    await it.run(["systemctl", "stop", collectorOf(unit)]);
    await runPutBack(it, unit);
    await it.remove(daysFolder(unit));
    await it.remove(folder);
  });
  const since = machine.now();
  const iso = new Date(since * 1000).toISOString();
  const path = temporaryDropIn(unit, "learn");
  const back = { unit, by: "learn start", since: iso, dropIns: [path, ...service.hides], ...stateBefore(before) };
  // Where this process is killed before all is under way, nothing of it stays; later the collector goes on by itself.
  const undo = { stops: [collectorOf(unit)], rubbish: [folder, daysFolder(unit)] };
  await startWatchdog(machine, unit, putBackScript({ ...back, ...undo, process: await thisProcess(machine) }));
  const script = putBackScript({ ...back, rubbish: [folder], process: undefined });
  await machine.write(putBackPath(unit), script, 0o700);
  await makeOpenFolder(machine, folder);
  const { text } = service;
  const fresh = { news: undefined, lastNew: since, problem: undefined, text, systemd: tools.systemd };
  const state: DaysState = { version: 1, unit, folder, before, since, saved: since, read: {}, ...fresh };
  await writeState(machine, state, { needs: undefined, statuses: new Map() });
  const note = `# Made by \`unit-warden learn start ${unit}\` on ${iso}. Removed by \`unit-warden learn stop ${unit}\`, or:\n# sudo sh ${putBackPath(unit)}\n`;
  for (const it of service.hides) await machine.write(it, note);
  await machine.write(path, note + observation.dropIn);
  await systemctl(machine, "daemon-reload");
  await startObserved(machine, unit, STEADY_SECONDS);
  const properties = [
    "--property=Restart=always",
    "--property=RestartSec=10",
    `--description=Collects what ${unit} does`,
  ];
  await startTransient(machine, collectorOf(unit), properties, [...machine.self, "learn", "collect", unit]);
  await machine.run(["systemctl", "stop", watchdogOf(unit)]);
  isKept = true;
  return ending(
    `${unit} is under observation; unit-warden learn stop ${unit} ends it and derives its settings\n`,
    [],
    false,
  );
}

/** Says how far an observation is. */
export async function daysStatus(machine: Machine, written: string): Promise<Ending> {
  const unit = serviceName(written);
  if (machine.uid !== 0) throw new Error("what was observed is readable for root alone: run it with sudo");
  const state = await readState(machine, unit);
  if (!state) return ending(`${unit} is not under observation\n`, [], true);
  const isCollected = await isActive(machine, collectorOf(unit));
  const isObserved = (await machine.stat(temporaryDropIn(unit, "learn"))) !== undefined;
  const { NRestarts } = await showUnit(machine, unit, ["NRestarts"]);
  const date = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  const read = Object.values(state.read).reduce((all, it) => all + it, 0);
  const lines = [
    `${unit} is under observation since ${date(state.since)} UTC`,
    `${(read / 1e6).toFixed(1)} MB of logs were read up to ${date(state.saved)}`,
    `something was new last at ${date(state.lastNew)}; in the minute before it was saved: ${state.news ?? "nothing"}`,
    ...(isObserved ? [] : ["the observation was ended, as by a reboot: unit-warden learn stop derives its settings"]),
    ...(isObserved && Number(NRestarts) > 0
      ? [`it ended and was started again by Restart= so often: ${NRestarts}`]
      : []),
    ...(isObserved && !isCollected ? [`the collector does not run: systemctl status ${collectorOf(unit)}`] : []),
    ...(state.problem === undefined ? [] : [state.problem]),
    ...lostRights(state, (await readCollected(machine, unit)).needs),
  ];
  return ending(`${lines.join("\n")}\n`, [], false);
}

/** What is not seen of programs that run with less rights under observation. */
function lostRights({ unit, text, systemd }: DaysState, needs: Needs | undefined): readonly string[] {
  if (needs === undefined || !losesRights(unitOf(unit, text, systemd), needs)) return [];
  const [program] = Object.entries(needs.programs).find(([, it]) => it.privileged) ?? [];
  return [
    `${program} gets no rights of its own while strace runs as the user of the service, and may fail: unit-warden learn ${unit} with --exercise observes it with them`,
  ];
}

/** What `learn stop` was asked for. */
interface StopRequest {
  readonly unit: string;
  readonly write: boolean;
  /** Whether to prove what is derived, and the commands that exercise the service then. */
  readonly verify: boolean;
  readonly commands: readonly string[];
  readonly noReload: boolean;
  readonly dryRun: boolean;
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
  const plan = await stopPlan(machine, unit, request);
  if (request.dryRun) return planOnly(plan);
  for (const it of plan) machine.say(it);
  await machine.run(["systemctl", "stop", collectorOf(unit)]);
  const saved = (await readState(machine, unit)) ?? state;
  const collecting = await collector(machine, saved);
  const isObserved = (await machine.stat(temporaryDropIn(unit, "learn"))) !== undefined;
  const compared = takeBack(tellsMore(unit), async (it) => {
    if (isObserved && saved.before) await compareNow(it, unit, saved.before, { files: false });
  });
  // What is collected stays until it is derived: whoever interrupts this can stop it again.
  const putBack = takeBack(`run: sh ${putBackPath(unit)}`, async (it) => {
    await collecting.save();
    await runPutBack(it, unit);
  });
  await collecting.poll();
  await collecting.follower.lookAgain();
  if (isObserved) {
    machine.say(`stopping ${unit}`);
    await systemctl(machine, "stop", unit);
    await collecting.poll();
  }
  await putBack();
  await compared();
  const read = unitOf(unit, saved.text, saved.systemd);
  const earlier = await earlierIn(machine, dropInFolder(unit), unit);
  if (earlier) await collecting.follower.lookAt(Object.keys(earlier.needs.paths));
  const collected = collecting.needs();
  for (const it of lostRights(saved, collected)) machine.say(it);
  const host = await hostOf(machine, read, collecting.follower, collected.users);
  const needs = await withConfigured(machine, collected, host);
  const runs = [{ calls: needs.calls, seconds: Math.round(machine.now() - saved.since), exercised: [] }];
  const seen = learnAgain(earlier, needs, read, { host, runs, ...systemdOf(saved.systemd) });
  const { learnt, problems } =
    request.verify && seen.refused === undefined
      ? await provenAfterwards(machine, takeBack, request, { learnt: seen, needs, host, strace: tools.strace })
      : { learnt: seen, problems: [] };
  const isWritten = request.write && learnt.refused === undefined;
  const added = toAdd(learnt, read, request);
  if (isWritten) await installLearnt(machine, unit, learnt, added);
  else await machine.write(`${LEARN_FOLDER}/${unit}${LEARNT_SUFFIX}`, writeLearnt(learnt), 0o600);
  await machine.remove(daysFolder(unit));
  await machine.remove(saved.folder);
  return ending(learntReport(learnt, read, { ...request, added, isWritten }), problems, !isWritten);
}

/** Runs a service under what days have shown, as `learn --verify` does, and puts it back. */
async function provenAfterwards(
  machine: Machine,
  takeBack: TakeBack,
  { unit: written, commands, parts, ...asked }: Pick<StopRequest, "unit" | "commands" | "parts" | "noReload">,
  known: { readonly learnt: Learnt; readonly needs: Needs; readonly host: RunHost; readonly strace: string },
): Promise<{ readonly learnt: Learnt; readonly problems: readonly string[] }> {
  const { learnt, ...of } = known;
  const name = serviceName(written);
  const service = await observableService(machine, name, asked);
  await exerciseBefore(machine, service, commands);
  const folder = await newFolder(machine, name);
  const change = {
    unit: name,
    by: "learn",
    rubbish: [folder],
    scripts: [ownersPath(name)],
    hides: service.hides,
  } as const;
  const changed = await changeForAWhile(machine, takeBack, change);
  await makeOpenFolder(machine, folder);
  await giveBack(machine, name);
  const plan = { commands, seconds: 0, untilEnter: false, patience: EXERCISE_SECONDS };
  // How long it took to start days ago is not known: it gets as long as anything does.
  const startSeconds = Number.POSITIVE_INFINITY;
  const how = losesRights(service.unit, known.needs) ? "privileged" : "whole";
  const run = { ...of, how, service, changed, folder, plan, startSeconds, problems: [] } as const;
  const { settings, problem } = await prove(machine, run, learnt, parts);
  await changed.putBack();
  return { learnt: { ...learnt, settings }, problems: problem === undefined ? [] : [problem] };
}

/** So long a command of the exercise may take in a proof, in seconds, as no run shows how long it takes. */
const EXERCISE_SECONDS = 300;

/** Undoes a start that was killed, together with who waits to undo it, before anything was collected. */
async function undoStart(machine: Machine, unit: string): Promise<boolean> {
  const script = await textAt(machine, putBackPath(unit));
  if (!script?.includes("`unit-warden learn start`") || (await isActive(machine, watchdogOf(unit)))) return false;
  await runPutBack(machine, unit);
  return true;
}
