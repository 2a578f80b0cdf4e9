import { readLearnt } from "../../learn/learntFile.ts";
import { counted, listed } from "../../learn/settings/sentences.ts";
import { learntFromTrial } from "../../learn/trial/learntFromTrial.ts";
import { searchTightest } from "../../learn/trial/search.ts";
import type { Setup, TrialAnswer } from "../../learn/trial/trial.ts";
import { settingsForTrial, type Untried } from "../../learn/trial/trialSettings.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import { LEARNT_SUFFIX, needsPath } from "../../units/learntText.ts";
import type { Unit } from "../../units/unit.ts";
import { messageWithPath } from "../attempts.ts";
import { askToRestart, type Errand, planOnly, type TakeBack } from "../errand.ts";
import { needTarget } from "../learn/keepLearnt.ts";
import { writeLearntFiles } from "../learn/learntFiles.ts";
import type { Machine } from "../machine.ts";
import { outageOf, outageText, stateAfter } from "../outage.ts";
import { type Ending, ending } from "../outcome.ts";
import { placesOf } from "../places.ts";
import { systemctl } from "../systemctl.ts";
import { changeForAWhile } from "../temporaryDropIn.ts";
import { lockUnit } from "../unitLock.ts";
import { compareNow, tellsMore, unitSnapshot } from "../unitSnapshot.ts";
import { MOST_OF_EXERCISE, observe } from "./observe.ts";
import { relaxationsFor } from "./relaxations.ts";
import { dropInOf, reportOf, type Trial } from "./report.ts";
import { type Subject, subjectOf } from "./subject.ts";
import { brokenByItself, brokenSince, newLines, type Observed } from "./verdict.ts";

/** What is to be tried on which service. */
export interface TryRequest {
  readonly unit: string;
  /** The lines of [Service] to try. */
  readonly lines: (unit: Unit) => readonly string[];
  /** Commands that ask the service for something, and fail where it does not answer. */
  readonly exercise: readonly string[];
  /** As many sets of settings are tried at most. */
  readonly tries: number;
  /** Whether to keep what works. */
  readonly write: boolean;
  /** Whether to do it without a question. */
  readonly yes: boolean;
  /** Whether only the plan is wanted. */
  readonly dryRun: boolean;
  /** Whether it is not reloaded though it could be. */
  readonly noReload: boolean;
  /** Characters in a line of the report; undefined where its lines are not broken. */
  readonly width: number | undefined;
}

/** Tries settings on a running service, loosens what it does not bear, and keeps what works or puts everything back. */
export function tryErrand(request: TryRequest): Errand {
  return {
    async act(machine, takeBack) {
      const lock = (name: string): Promise<void> => lockUnit(machine, takeBack, name, "try");
      const subject = await subjectOf(machine, request.unit, { ...request, lock });
      const { settings, untried } = settingsForTrial(subject.unit, request.lines(subject.unit));
      if (settings.length === 0) return nothingToTry(subject, untried);
      const plan = await planOf(machine, subject, settings.length, request);
      if (request.dryRun) return planOnly(plan);
      for (const it of plan) machine.say(it);
      if (request.write) await needTarget(machine, keptPath(machine, subject.name));
      await askToRestart(machine, subject.name, request.yes);
      const changed = await changeForAWhile(machine, takeBack, { unit: subject.name, by: "try" });
      machine.say("first without any of them");
      const began = machine.now();
      const before = await observe(machine, subject, request.exercise, { stops: true });
      // What answered within this time is not waited for much longer.
      const patience = Math.min(MOST_OF_EXERCISE, Math.round(10 + 3 * (machine.now() - began)));
      const broken = brokenByItself(before);
      if (broken)
        throw new Error(
          `${subject.name} does not work without any new setting either: ${broken.reason}; none was tried`,
        );
      const steps = searchTightest(settings, request.tries);
      let step = steps.next();
      for (let n = 1; !step.done; n++) {
        const setup = step.value;
        await changed.set(`[Service]\n${setup.flat().join("\n")}\n`);
        const now = await observe(machine, subject, request.exercise, { stops: true, patience });
        const answer = answerOf(subject.unit, settings, setup, before, now);
        const size = setup.filter((it) => it.length > 0).length;
        machine.say(`try ${n}, ${counted(size, "setting")}: ${answer.works ? "works" : answer.reason}`);
        step = steps.next(answer);
      }
      const trial: Trial = {
        unit: subject.unit,
        name: subject.name,
        settings,
        untried,
        result: step.value,
        exercised: request.exercise,
      };
      const isAsItWas = await changed.putBack();
      const isAll = step.value.settings.every((it) => it.outcome === "held");
      if (!request.write || !isAsItWas || dropInOf(trial) === "")
        return ending(reportOf(trial, isAsItWas ? AS_IT_WAS : undefined, request.width), [], !isAll);
      try {
        const path = await keep(machine, takeBack, subject, trial, before);
        return ending(reportOf(trial, `kept in ${path}`, request.width), [], !isAll);
      } catch (error) {
        // What took so many restarts to find is printed all the same.
        return ending(reportOf(trial, undefined, request.width), [messageWithPath(error)], true);
      }
    },
  };
}

const AS_IT_WAS = "the service is as it was before";

function nothingToTry({ name }: Subject, untried: readonly Untried[]): Ending {
  const lines = untried.map((it) => `#   not tried ${it.line}: ${it.reason}\n`).join("");
  return ending(`# ${name}: there is nothing to try\n${lines}`, [], false);
}

/** What is going to happen, for whoever has to agree. */
async function planOf(
  machine: Machine,
  { name, canReload, companions }: Subject,
  count: number,
  { exercise, tries, write }: TryRequest,
): Promise<readonly string[]> {
  const outage = await outageOf(machine, name);
  // The first start without any, and what puts back and keeps.
  const others = 1 + (outage.isActive ? 1 : 0) + (write ? 1 : 0);
  const restarts = { least: others + 1, most: others + tries, slower: 1, pause: 0 };
  const exercised = exercise.length > 0 ? [`exercised by ${exercise.map((it) => `\`${it}\``).join(", ")}`] : [];
  const steps = [...exercised, ...(canReload ? ["reloaded"] : []), ...(companions.length > 0 ? [] : ["stopped"])];
  return [
    `this is going to try ${counted(count, "setting")} on ${name} in a drop-in below ${placesOf(machine).temporary}`,
    ...outageText(name, outage, restarts),
    ...(steps.length > 0 ? [`after each start the service is ${listed(steps)}`] : []),
    ...(exercise.length > 0
      ? []
      : ["without --exercise only its start, reload and stop are tried: what else it does may break"]),
    write
      ? `what works is kept in ${keptPath(machine, name)}`
      : `then the service is put back as it is now, ${stateAfter(outage)}`,
  ];
}

/** An error line of a service that works counts where it is this sure that a setting is behind it. */
const SURE_OF_LINE = 80;

function answerOf(
  unit: Unit,
  settings: Parameters<typeof relaxationsFor>[1],
  setup: Setup,
  before: Observed,
  now: Observed,
): TrialAnswer {
  const broken = brokenSince(before, now);
  const evidence = broken?.evidence ?? newLines(before, now).join("\n");
  const relaxed = evidence === "" ? [] : relaxationsFor(unit, settings, setup, evidence);
  const [first] = relaxed;
  const failing = (symptom: string): TrialAnswer => {
    return { works: false, reason: first ? `${symptom}; ${first.evidence}` : symptom, symptom, relaxed };
  };
  if (broken) return failing(broken.reason);
  if (!first || first.weight < SURE_OF_LINE) return { works: true };
  return failing("it logs an error");
}

const keptPath = (machine: Machine, name: string): string => `${placesOf(machine).kept}/${name}.d/50-unit-warden.conf`;

/** Writes the settings for good and starts the service with them; takes them back where it does not work so. */
async function keep(
  machine: Machine,
  takeBack: TakeBack,
  subject: Subject,
  trial: Trial,
  before: Observed,
): Promise<string> {
  const { name, wasActive } = subject;
  const { kept, systemctl: asks } = placesOf(machine);
  const path = keptPath(machine, name);
  const known = `${kept}/${name}.d/${name}${LEARNT_SUFFIX}`;
  const old = await machine.read(path);
  const oldLearnt = await machine.read(known);
  const oldNeeds = await machine.read(needsPath(known));
  let isKept = false;
  const state = await unitSnapshot(machine, name);
  takeBack(tellsMore(name), async (it) => {
    if (!isKept) await compareNow(it, name, state);
  });
  takeBack(`${path} is to be as before, then: ${asks} daemon-reload, ${asks} restart ${name}`, async (it) => {
    if (isKept) return;
    await putBack(it, path, old);
    await putBack(it, known, oldLearnt);
    await putBack(it, needsPath(known), oldNeeds);
    await systemctl(it, "daemon-reload");
    await systemctl(it, wasActive ? "restart" : "stop", name);
  });
  await machine.write(path, withSettings(old, dropInOf(trial)));
  await systemctl(machine, "daemon-reload");
  machine.say(`once more with ${path}`);
  const broken = brokenSince(before, await observe(machine, subject, trial.exercised, { stops: false }));
  if (broken) throw new Error(`with ${path} ${broken.reason}: it is not kept`);
  // A file of somebody else's by that name stays.
  const needs = oldNeeds && decodeUtf8(oldNeeds);
  const read = oldLearnt === undefined ? undefined : readLearnt(decodeUtf8(oldLearnt), needs);
  if (read === undefined || "learnt" in read)
    await writeLearntFiles(machine, known, learntFromTrial(trial, read?.learnt));
  if (!wasActive) await systemctl(machine, "stop", name);
  isKept = true;
  return path;
}

/** The settings in a file of their own, or after what a file has, with its line ends. */
function withSettings(old: Uint8Array | undefined, dropIn: string): string {
  if (old === undefined) return `# Tried by \`unit-warden try\`\n${dropIn}`;
  const text = decodeUtf8(old);
  const added = `\n\n${dropIn}`;
  return text.trimEnd() + (text.includes("\r\n") ? added.replaceAll("\n", "\r\n") : added);
}

async function putBack(machine: Machine, path: string, old: Uint8Array | undefined): Promise<void> {
  if (old === undefined) await machine.remove(path);
  else await machine.write(path, old);
}
