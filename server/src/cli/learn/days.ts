import type { Needs } from "../../learn/needs.ts";
import { observingDropIn } from "../../learn/observe.ts";
import { askToRestart, planOnly, type TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { putBackPath, putBackScript, watchdogOf } from "../putBackScript.ts";
import { isActive, showUnit, startTransient, systemctl } from "../systemctl.ts";
import {
  removeLeftovers,
  runPutBack,
  startWatchdog,
  stateBefore,
  temporaryDropIn,
  thisProcess,
} from "../temporaryDropIn.ts";
import { lockUnit } from "../unitLock.ts";
import { compareNow, tellsMore, unitSnapshot } from "../unitSnapshot.ts";
import { collectorOf, type DaysState, daysFolder, readCollected, readState, writeState } from "./daysState.ts";
import { makeLogFolder, makeLogs, newFolder } from "./logFolder.ts";
import { needRoom } from "./logRoom.ts";
import { startObserved } from "./observedRun.ts";
import { dropInFolder, earlierIn, plansAgain } from "./ownDropIn.ts";
import { daysPlan } from "./plan.ts";
import { findTools, losesRights, observableService, serviceName, unitOf } from "./service.ts";

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
  await needRoom(machine);
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
  const was = await stateBefore(machine, unit, before);
  const back = { unit, by: "learn start", since: iso, dropIns: [path, ...service.hides], ...was };
  // Where this process is killed before all is under way, nothing of it stays; later the collector goes on by itself.
  const undo = { stops: [collectorOf(unit)], rubbish: [folder, daysFolder(unit)] };
  await startWatchdog(machine, unit, putBackScript({ ...back, ...undo, process: await thisProcess(machine) }));
  const script = putBackScript({ ...back, rubbish: [folder], process: undefined });
  await machine.write(putBackPath(unit), script, 0o700);
  await makeLogFolder(machine, folder);
  const logs = await makeLogs(machine, folder, { unit: service.unit, names: observation.logs });
  const { text } = service;
  const fresh = { news: undefined, lastNew: since, problem: undefined, text, systemd: tools.systemd };
  const state: DaysState = { version: 1, unit, folder, logs, before, since, saved: since, read: {}, ...fresh };
  await writeState(machine, state, { needs: undefined, statuses: new Map() });
  const note = `# Made by \`unit-warden learn start ${unit}\` on ${iso}. Removed by \`unit-warden learn stop ${unit}\`, or:\n# sudo sh ${putBackPath(unit)}\n`;
  for (const it of service.hides) await machine.write(it, note);
  await machine.write(path, note + observation.dropIn);
  await systemctl(machine, "daemon-reload");
  await startObserved(machine, unit, { steadySeconds: STEADY_SECONDS });
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
    ...(state.trouble === undefined ? [] : [`${state.trouble}: nothing will be derived`]),
    ...lostRights(state, (await readCollected(machine, unit)).needs),
  ];
  return ending(`${lines.join("\n")}\n`, [], false);
}

/** What is not seen of programs that run with less rights under observation. */
export function lostRights({ unit, text, systemd }: DaysState, needs: Needs | undefined): readonly string[] {
  if (needs === undefined || !losesRights(unitOf(unit, text, systemd), needs)) return [];
  const [program] = Object.entries(needs.programs).find(([, it]) => it.privileged) ?? [];
  return [
    `${program} gets no rights of its own while strace runs as the user of the service, and may fail: unit-warden learn ${unit} with --exercise observes it with them`,
  ];
}
