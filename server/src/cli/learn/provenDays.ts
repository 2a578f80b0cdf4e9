import type { RunHost } from "../../learn/host.ts";
import type { LearnFrom } from "../../learn/learn.ts";
import type { Learnt, LearntSetting } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import type { Needs } from "../../learn/needs.ts";
import { asSeen } from "../../learn/proof.ts";
import { learnAgain } from "../../learn/relearn.ts";
import type { TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { changeForAWhile } from "../temporaryDropIn.ts";
import { observeFresh, proveFresh, withFresh } from "./freshMachine.ts";
import { unprovenBy } from "./keepLearnt.ts";
import { makeLogFolder, newFolder } from "./logFolder.ts";
import { stateBack, statePath } from "./movedState.ts";
import { exerciseBefore } from "./observedRun.ts";
import { giveBack, ownersPath } from "./owners.ts";
import { type Proof, type Provable, prove } from "./prove.ts";
import { losesRights, observableService } from "./service.ts";

/** How what days have shown is to be proven. */
interface DaysProof {
  /** Name of the unit. */
  readonly unit: string;
  readonly commands: readonly string[];
  readonly noReload: boolean;
  /** Whether it is proven as on a new machine too. */
  readonly isFresh: boolean;
  readonly parts: LearntParts;
}

/** What days have shown, and what it was derived with. */
interface DaysLearnt {
  readonly learnt: Learnt;
  /** What was learnt before. */
  readonly earlier: Learnt | undefined;
  readonly from: LearnFrom & Required<Pick<LearnFrom, "runs">>;
  readonly needs: Needs;
  readonly host: RunHost;
  readonly strace: string;
}

/** What came of it; `held` are the settings that may be written. */
interface ProvenDays {
  readonly learnt: Learnt;
  readonly held: readonly LearntSetting[];
  readonly problems: readonly string[];
}

/** Runs a service under what days have shown, as `learn --verify` does, and puts it back. */
export async function provenAfterwards(
  machine: Machine,
  takeBack: TakeBack,
  { unit: name, commands, parts, isFresh, ...exposed }: DaysProof,
  { learnt, earlier, from, needs, host, strace }: DaysLearnt,
): Promise<ProvenDays> {
  const service = await observableService(machine, name, exposed);
  await exerciseBefore(machine, service, commands);
  const folder = await newFolder(machine, name);
  const change = {
    unit: name,
    by: "learn",
    rubbish: [folder],
    scripts: [statePath(name), ownersPath(name)],
    hides: service.hides,
  } as const;
  const changed = await changeForAWhile(machine, takeBack, change);
  await makeLogFolder(machine, folder);
  await stateBack(machine, name);
  await giveBack(machine, name);
  const plan = { commands, seconds: 0, untilEnter: false, patience: EXERCISE_SECONDS };
  // How long it took to start days ago is not known: it gets as long as anything does.
  const startSeconds = Number.POSITIVE_INFINITY;
  const how = losesRights(service.unit, needs) ? "privileged" : "whole";
  const run: Provable = { needs, host, strace, how, service, changed, folder, plan, startSeconds, problems: [] };
  let known = learnt;
  const proof = async (): Promise<Proof> => {
    const fresh = isFresh ? await observeFresh(machine, run) : undefined;
    if (!fresh) return prove(machine, run, learnt, parts);
    const both = { ...run, ...withFresh(run, fresh) };
    known = learnAgain(earlier, both.needs, service.unit, {
      ...from,
      ...{ host: both.host, runs: [...from.runs, fresh.run] },
    });
    return prove(machine, both, known, parts, (borne) => proveFresh(machine, both, fresh, borne, parts));
  };
  const { settings, problem } = await proof().catch((error: unknown) => unprovenBy(known)(error));
  await changed.putBack();
  const graded = commands.length > 0 ? settings : asSeen(settings, known.settings);
  return { learnt: { ...known, settings: graded }, held: settings, problems: problem === undefined ? [] : [problem] };
}

/** So long a command of the exercise may take in a proof, in seconds, as no run shows how long it takes. */
const EXERCISE_SECONDS = 300;
