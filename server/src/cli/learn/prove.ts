import { relaxationsOf } from "../../learn/blame.ts";
import type { RunHost } from "../../learn/host.ts";
import { forEveryInstance } from "../../learn/instanceNames.ts";
import type { Learnt, LearntSetting } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import type { Needs } from "../../learn/needs.ts";
import { failureText, newFailures } from "../../learn/newFailures.ts";
import { OBSERVED_START_SECONDS, observingDropIn } from "../../learn/observe.ts";
import { proofAddition, proven, provenUser, settingsToProve, userToProve } from "../../learn/proof.ts";
import { counted } from "../../learn/settings/sentences.ts";
import { searchTightest } from "../../learn/trial/search.ts";
import type { SearchResult, Setup, TrialAnswer, TrialSetting } from "../../learn/trial/trial.ts";
import { withLines } from "../../service/executable.ts";
import type { Machine } from "../machine.ts";
import type { ChangedUnit } from "../temporaryDropIn.ts";
import { needsIn } from "./derive.ts";
import { makeLogs } from "./logFolder.ts";
import { NotStarted, observedRun, type RunPlan } from "./observedRun.ts";
import { noteOwners } from "./owners.ts";
import type { ObservableService } from "./service.ts";

/** A service that was observed once, and how it can be observed again. */
export interface Provable {
  readonly service: ObservableService;
  readonly changed: ChangedUnit;
  readonly folder: string;
  readonly strace: string;
  /** Like the first run where that lost the rights of programs: a proof stops at every call. */
  readonly how: "whole" | "privileged";
  readonly plan: RunPlan;
  readonly host: RunHost;
  /** What the first run needed. */
  readonly needs: Needs;
  /** How long its start took. */
  readonly startSeconds: number;
  /** What went wrong in it already. */
  readonly problems: readonly string[];
  /** What has to be done before each run. */
  readonly prepare?: () => Promise<void>;
}

/** What else is tried of the settings that a proof kept, before they are tried with a user. */
export type FurtherProof = (settings: readonly LearntSetting[]) => Promise<readonly LearntSetting[]>;

/** So many runs a proof may take: each restarts the service and exercises it. */
export const MOST_RUNS = 12;

/** What a proof gave. */
export interface Proof {
  readonly settings: readonly LearntSetting[];
  /** Why nothing is proven, where the service fails without any of them too. */
  readonly problem?: string;
}

/**
 * Runs the service under what was learnt, observed as a whole, and loosens what makes calls fail that did not before, until
 * nothing new fails; then the same with its own user, where that is wanted. Gives the settings with their grades.
 */
export async function prove(
  machine: Machine,
  provable: Provable,
  learnt: Learnt,
  parts: LearntParts,
  further: FurtherProof = async (settings) => settings,
): Promise<Proof> {
  const tried = settingsToProve(learnt.settings, { ...parts, user: false });
  const found = await searched(machine, provable, tried, { about: "proof" });
  if ("problem" in found) return { settings: learnt.settings, problem: found.problem };
  // What a proof adds to let more through has the paths of this instance.
  const inAll = (some: readonly LearntSetting[]) => some.map((it) => forEveryInstance(it, provable.service.unit));
  const settings = inAll(await further(inAll(proven(learnt.settings, tried, found))));
  const withUser = parts.user ? userToProve(settings) : undefined;
  if (!withUser) return { settings };
  const owners = await noteOwners(
    machine,
    provable.service,
    withUser.flatMap((it) => it.lines),
  );
  if ("objection" in owners) {
    machine.say(`User= is not tried, as its directories could not be put back: ${owners.objection}`);
    return { settings };
  }
  if (owners.noted.length > 0) machine.say(`noted who owns ${owners.noted.join(", ")}, to put it back`);
  const about = { about: "proof with User=", needsFirst: true };
  const foundUser = await searched(machine, provable, withUser, about);
  return "problem" in foundUser ? { settings } : { settings: provenUser(settings, withUser, foundUser) };
}

interface Searching {
  /** What the progress says. */
  readonly about: string;
  readonly needsFirst?: boolean;
}

/**
 * Tries settings until they hold; where the first one has to, it ends as soon as that one does in no form. Where a failure names none
 * of them, the service is run without any first.
 */
export async function searched(
  machine: Machine,
  provable: Provable,
  tried: readonly TrialSetting[],
  { about, needsFirst = false }: Searching,
): Promise<SearchResult | { readonly problem: string }> {
  const search = searchTightest(tried, MOST_RUNS);
  let runs = 0;
  let reason: string | undefined;
  let isKnownToWork = needsFirst;
  for (let next = search.next(); ; ) {
    if (next.done) return next.value;
    if (needsFirst && next.value[0]?.length === 0)
      return { setup: [], settings: [{ outcome: "refused", lines: [], reason }], tries: runs };
    machine.say(
      `${about}, run ${++runs} of at most ${MOST_RUNS}: ${counted(next.value.flat().length, "line")} of settings`,
    );
    const answer = await ask(machine, provable, tried, next.value);
    if (!answer.works) {
      reason = answer.reason;
      machine.say(`this does not hold: ${reason}`);
      if (!isKnownToWork && answer.relaxed.length === 0) {
        machine.say("once more without any of them, as nothing says which one it is");
        const without = await ask(machine, provable, tried, []);
        if (!without.works)
          return { problem: `nothing is proven, as it fails without any new setting too: ${without.reason}` };
        isKnownToWork = true;
      }
    }
    next = search.next(answer);
  }
}

async function ask(
  machine: Machine,
  { service, changed, folder, strace, how, plan, host, needs, startSeconds, problems: known, prepare }: Provable,
  tried: readonly TrialSetting[],
  setup: Setup,
): Promise<TrialAnswer> {
  const { lines, dropIn } = proofAddition(service.unit, setup.flat());
  const unit = withLines(service.unit, lines);
  const observation = observingDropIn(unit, { folder, strace, how });
  if ("refused" in observation) return { works: false, reason: observation.refused, relaxed: [] };
  await prepare?.();
  const logs = await makeLogs(machine, folder, { unit, names: observation.logs, asRoot: how === "privileged" });
  // A service that waits for what it cannot do is not waited for as long as for its first start.
  const limit = Math.min(OBSERVED_START_SECONDS, Math.round(30 + 10 * startSeconds));
  const text = `${dropIn}\n${observation.dropIn}TimeoutStartSec=${limit}\n`;
  try {
    const target = { unit, dropIn: text, logs, canReload: service.canReload };
    const { problems } = await observedRun(machine, changed, service.name, target, plan);
    const now = await needsIn(machine, logs, unit, host);
    const failures = newFailures(needs, now, lines);
    const problem = problems.find((it) => !known.includes(it));
    const [failure] = failures;
    if (problem === undefined && failure === undefined) return { works: true };
    const reason = problem ?? (failure ? failureText(failure) : "");
    return { works: false, reason, relaxed: relaxationsOf(failures, tried, setup) };
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    // What it did before it gave up may tell why.
    const failures = newFailures(needs, await needsIn(machine, logs, unit, host), lines);
    return { works: false, reason: error.message, relaxed: relaxationsOf(failures, tried, setup) };
  }
}
