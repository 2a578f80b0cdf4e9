import { asMissing, freshPlaces } from "../../learn/freshPlaces.ts";
import type { RunHost } from "../../learn/host.ts";
import type { LearntRun, LearntSetting } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import { mergeNeeds } from "../../learn/merge.ts";
import type { Needs } from "../../learn/needs.ts";
import { OBSERVED_START_SECONDS, observingDropIn } from "../../learn/observe.ts";
import { proven, settingsToProve } from "../../learn/proof.ts";
import { learnContext } from "../../learn/settings/learnContext.ts";
import { type Machine, textAt } from "../machine.ts";
import { hostOf, needsIn } from "./derive.ts";
import { makeLogs } from "./logFolder.ts";
import { type FreshShape, moveState } from "./movedState.ts";
import { NotStarted, observedRun } from "./observedRun.ts";
import { type Provable, searched } from "./prove.ts";

/** What a run showed for which the state of the service was away. */
export interface FreshRun {
  readonly places: readonly string[];
  readonly shape: FreshShape;
  readonly needs: Needs;
  readonly host: RunHost;
  readonly problems: readonly string[];
  readonly run: LearntRun;
}

/** The least that a new machine has first. */
const SHAPES: readonly FreshShape[] = ["missing", "empty", "directories"];

const SHAPE_TEXTS: Readonly<Record<FreshShape, string>> = {
  missing: "missing",
  empty: "empty, with owners and modes as before",
  directories: "there without the files in them",
};

/** Observes a service without new settings while its state is away; undefined, and said, where it does not start so. */
export async function observeFresh(machine: Machine, provable: Provable): Promise<FreshRun | undefined> {
  const { service, changed, folder, strace, how, plan, startSeconds, needs: known, host: knownHost } = provable;
  const places = freshPlaces(learnContext(known, service.unit, knownHost));
  const observation = observingDropIn(service.unit, { folder, strace, how });
  if ("refused" in observation) return undefined;
  return withMovedState(machine, provable, places, async (empty) => {
    for (const shape of SHAPES) {
      machine.say(`as on a new machine: ${places.join(", ")} ${SHAPE_TEXTS[shape]}`);
      await empty(shape);
      const logs = await makeLogs(machine, folder, {
        unit: service.unit,
        names: observation.logs,
        asRoot: how === "privileged",
      });
      const text = `${observation.dropIn}TimeoutStartSec=${startLimit(startSeconds)}\n`;
      const target = { unit: service.unit, dropIn: text, logs, canReload: service.canReload };
      try {
        const { follower, problems, seconds } = await observedRun(machine, changed, service.name, target, plan);
        const host = await hostOf(machine, service.unit, follower);
        const needs = await needsIn(machine, logs, service.unit, host);
        const run = { calls: needs.calls, seconds, exercised: plan.commands, fresh: true } as const;
        return { places, shape, needs: asMissing(needs, places), host, problems, run };
      } catch (error) {
        if (!(error instanceof NotStarted)) throw error;
        machine.say(`without them it does not start as it is either: ${error.message}`);
      }
    }
    machine.say("nothing is tried as on a new machine");
    return undefined;
  });
}

/** Runs a service under proven settings while its state is away, and loosens what makes calls fail that did not before. */
export async function proveFresh(
  machine: Machine,
  provable: Provable,
  { places, shape, problems }: FreshRun,
  settings: readonly LearntSetting[],
  parts: LearntParts,
): Promise<readonly LearntSetting[]> {
  const tried = settingsToProve(settings, { ...parts, user: false });
  const found = await withMovedState(machine, provable, places, (empty) =>
    searched(
      machine,
      { ...provable, problems: [...provable.problems, ...problems], prepare: () => empty(shape) },
      tried,
      {
        about: "proof as on a new machine",
      },
    ),
  );
  if (found === undefined) return settings;
  if ("problem" in found) {
    machine.say(found.problem);
    return settings;
  }
  return proven(settings, tried, found);
}

/** What both runs needed, with what either knows of the files. */
export function withFresh(
  { needs, host }: Pick<Provable, "needs" | "host">,
  fresh: FreshRun,
): { readonly needs: Needs; readonly host: RunHost } {
  return {
    needs: mergeNeeds(needs, fresh.needs),
    host: { ...host, statuses: new Map([...fresh.host.statuses, ...host.statuses]) },
  };
}

/** Acts while the state is away, and puts it back; undefined, and said, where it cannot be moved. */
async function withMovedState<T>(
  machine: Machine,
  { service }: Provable,
  places: readonly string[],
  act: (empty: (shape: FreshShape) => Promise<void>) => Promise<T>,
): Promise<T | undefined> {
  const random = (await textAt(machine, "/proc/sys/kernel/random/uuid"))?.trim() ?? "";
  await machine.run(["systemctl", "stop", service.name]);
  const moved = await moveState(machine, service.name, places, random.slice(0, 8));
  if ("objection" in moved) {
    machine.say(`nothing is tried as on a new machine: ${moved.objection}`);
    return undefined;
  }
  const done = await act(moved.empty);
  await moved.putBack();
  return done;
}

/** A service that waits for what it cannot do is not waited for as long as for its first start. */
const startLimit = (startSeconds: number): number =>
  Math.min(OBSERVED_START_SECONDS, Math.round(30 + 10 * startSeconds));

/**
 * Whether what is on this machine is thrown away with it: the upper layer of a container's image. What a container is to keep lies on
 * other file systems, and a virtual machine may be anybody's server.
 */
export async function isThrowAway(machine: Machine): Promise<boolean> {
  const container = await machine.run(["systemd-detect-virt", "--container", "--quiet"]);
  if (container.status !== 0) return false;
  const { stdout } = await machine.run(["findmnt", "--noheadings", "--output=FSTYPE", "--target", "/var/lib"]);
  return stdout.trim() === "overlay";
}
