import { learn } from "../../learn/learn.ts";
import { LEARNT_SUFFIX, writeLearnt } from "../../learn/learntFile.ts";
import { type LearntParts, learntAddition } from "../../learn/learntUnit.ts";
import { observingDropIn } from "../../learn/observe.ts";
import type { TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { putBackPath, putBackScript } from "../putBackScript.ts";
import { settled, systemctl } from "../systemctl.ts";
import { isActive, removeLeftovers, runPutBack, stateBefore, temporaryDropIn } from "../temporaryDropIn.ts";
import { collector } from "./collector.ts";
import { collectorOf, type DaysState, daysFolder, readState, writeState } from "./daysState.ts";
import { hostOf } from "./derive.ts";
import { installLearnt } from "./installLearnt.ts";
import { LEARN_FOLDER, makeOpenFolder, newFolder } from "./logFolder.ts";
import { learntReport } from "./report.ts";
import { findTools, observableService, serviceName, unitOf } from "./service.ts";

/** A start may take so long under strace, in seconds. */
const START_SECONDS = 330;

/** Begins to observe a service for days; where that fails, the unit is put back. */
export async function startDays(
  machine: Machine,
  takeBack: TakeBack,
  { unit: written, yes }: { readonly unit: string; readonly yes: boolean },
): Promise<Ending> {
  const unit = serviceName(written);
  const tools = await findTools(machine);
  if (await readState(machine, unit))
    throw new Error(`${unit} is under observation, or was: unit-warden learn stop ${unit} derives its settings`);
  const service = await observableService(machine, unit);
  const folder = await newFolder(machine, unit);
  const how = tools.isQuick ? "quick" : "whole";
  const observation = observingDropIn(service.unit, { folder, strace: tools.strace, how });
  if ("refused" in observation) throw new Error(`${unit} cannot be observed: ${observation.refused}`);
  machine.say(
    `this is going to restart ${unit} under strace, and to observe it until unit-warden learn stop ${unit}, or a reboot`,
  );
  for (const it of observation.notes) machine.say(`note: ${it}`);
  if (!yes) {
    const answer = await machine.ask(`Restart ${unit} for this?`);
    if (answer === undefined) throw new Error("nobody is there to be asked: --yes does it without a question");
    if (!answer) return ending("", ["nothing is changed"], false);
  }
  await removeLeftovers(machine, unit);
  let isKept = false;
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
  const back = { unit, by: "learn start", since: iso, dropIns: [path], rubbish: [folder], process: undefined };
  await machine.write(putBackPath(unit), putBackScript({ ...back, ...(await stateBefore(machine, unit)) }), 0o700);
  await makeOpenFolder(machine, folder);
  const { text } = service;
  const fresh = { news: undefined, lastNew: since, problem: undefined, text, systemd: tools.systemd };
  const state: DaysState = { version: 1, unit, folder, since, saved: since, read: {}, ...fresh };
  await writeState(machine, state, { needs: undefined, statuses: new Map() });
  const note = `# Made by \`unit-warden learn start ${unit}\` on ${iso}. Removed by \`unit-warden learn stop ${unit}\`, or:\n# sudo sh ${putBackPath(unit)}\n`;
  await machine.write(path, note + observation.dropIn);
  await systemctl(machine, "daemon-reload");
  await machine.run(["systemctl", "reset-failed", unit]);
  machine.say(`restarting ${unit} under observation`);
  await systemctl(machine, "restart", unit);
  const started = await settled(machine, unit, START_SECONDS);
  if (!started.works) throw new Error(`${unit} does not start under observation: ${started.state}`);
  const properties = [
    "--property=Restart=always",
    "--property=RestartSec=10",
    `--description=Collects what ${unit} does`,
  ];
  const words = ["--quiet", "--collect", `--unit=${collectorOf(unit)}`, ...properties, ...machine.self];
  const begun = await machine.run(["systemd-run", ...words, "learn", "collect", unit]);
  if (begun.status !== 0) throw new Error(`systemd-run does not work here: ${begun.stderr.trim()}`);
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
  if (machine.uid !== 0) throw new Error("what was observed is readable for root alone: call it with sudo");
  const state = await readState(machine, unit);
  if (!state) return ending(`${unit} is not under observation\n`, [], true);
  const isCollected = await isActive(machine, collectorOf(unit));
  const isObserved = (await machine.stat(temporaryDropIn(unit, "learn"))) !== undefined;
  const date = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  const read = Object.values(state.read).reduce((all, it) => all + it, 0);
  const lines = [
    `${unit} is under observation since ${date(state.since)} UTC`,
    `${(read / 1e6).toFixed(1)} MB of logs were read up to ${date(state.saved)}`,
    `something was new last at ${date(state.lastNew)}; in the minute before it was saved: ${state.news ?? "nothing"}`,
    ...(isObserved ? [] : ["the observation was ended, as by a reboot: unit-warden learn stop derives its settings"]),
    ...(isObserved && !isCollected ? [`the collector does not run: systemctl status ${collectorOf(unit)}`] : []),
    ...(state.problem === undefined ? [] : [state.problem]),
  ];
  return ending(`${lines.join("\n")}\n`, [], false);
}

/** Ends an observation, puts the unit back and derives its settings. */
export async function stopDays(
  machine: Machine,
  takeBack: TakeBack,
  request: {
    readonly unit: string;
    readonly write: boolean;
    readonly parts: LearntParts;
    readonly colours: boolean;
  },
): Promise<Ending> {
  const unit = serviceName(request.unit);
  await findTools(machine);
  const state = await readState(machine, unit);
  if (!state) throw new Error(`${unit} is not under observation`);
  await machine.run(["systemctl", "stop", collectorOf(unit)]);
  const saved = (await readState(machine, unit)) ?? state;
  const collecting = await collector(machine, saved);
  // What is collected stays until it is derived: whoever interrupts this can stop it again.
  const putBack = takeBack(`run: sh ${putBackPath(unit)}`, async (it) => {
    await collecting.save();
    await runPutBack(it, unit);
  });
  await collecting.poll();
  await collecting.follower.lookAgain();
  if (await machine.stat(temporaryDropIn(unit, "learn"))) {
    machine.say(`stopping ${unit}`);
    await systemctl(machine, "stop", unit);
    await collecting.poll();
  }
  await putBack();
  machine.say(`${unit} is as it was`);
  const read = unitOf(unit, saved.text, saved.systemd);
  const needs = collecting.needs();
  const host = await hostOf(machine, read, collecting.follower, needs.users);
  const runs = [{ calls: needs.calls, seconds: machine.now() - saved.since, exercised: [] }];
  const systemd = Number.parseInt(saved.systemd, 10);
  const learnt = learn(needs, read, { host, runs, ...(systemd > 0 && { systemd }) });
  const isWritten = request.write && learnt.refused === undefined;
  if (isWritten) await installLearnt(machine, unit, learnt, learntAddition(read, learnt.settings, request.parts));
  else await machine.write(`${LEARN_FOLDER}/${unit}${LEARNT_SUFFIX}`, writeLearnt(learnt), 0o600);
  await machine.remove(daysFolder(unit));
  await machine.remove(saved.folder);
  return ending(learntReport(learnt, read, { ...request, isWritten }), [], !isWritten);
}
