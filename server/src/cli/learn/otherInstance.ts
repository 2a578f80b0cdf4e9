import { forEveryInstance } from "../../learn/instanceNames.ts";
import type { LearntSetting } from "../../learn/learnt.ts";
import type { LearntParts } from "../../learn/learntUnit.ts";
import { type Observation, observingDropIn } from "../../learn/observe.ts";
import { proven, settingsToProve } from "../../learn/proof.ts";
import { instanceIn, instanceOf, templateOf } from "../../units/index/target.ts";
import type { TakeBack } from "../errand.ts";
import type { Machine } from "../machine.ts";
import { changeForAWhile } from "../temporaryDropIn.ts";
import { hostOf, needsIn } from "./derive.ts";
import { makeLogFolder, makeLogs, newFolder } from "./logFolder.ts";
import { NotStarted, observedRun } from "./observedRun.ts";
import { type Provable, searched } from "./prove.ts";
import { observableService, serviceName } from "./service.ts";

/** The name of another instance of the same template; throws where the service is none. */
export function otherInstance(unit: string, instance: string): string {
  if (instanceIn(unit) === undefined)
    throw new Error(`--instance is for instances of a template, which ${unit} is not`);
  const other = serviceName(instanceOf(templateOf(unit), instance));
  if (other === unit) throw new Error(`--instance names ${unit} itself: name another instance`);
  return other;
}

/** A command that names the instance, with the name of another; undefined for one that does not name it. */
export function commandFor(command: string, unit: string, other: string): string | undefined {
  const [from, to] = [instanceIn(unit), instanceIn(other)];
  if (!from || !to) return undefined;
  const word = new RegExp(`(?<![A-Za-z0-9])${from.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![A-Za-z0-9])`, "g");
  const changed = command.replace(word, to.replaceAll("$", "$$$$"));
  return changed === command ? undefined : changed;
}

/**
 * Runs another instance of a template, first as it is and then under proven settings, and loosens what makes calls fail that did not
 * before. It is put back as it was, whatever happens.
 */
export async function proveInstance(
  machine: Machine,
  takeBack: TakeBack,
  provable: Provable,
  other: string,
  settings: readonly LearntSetting[],
  parts: LearntParts,
): Promise<readonly LearntSetting[]> {
  const service = { ...(await observableService(machine, other)), canReload: provable.service.canReload };
  const folder = await newFolder(machine, other);
  const changed = await changeForAWhile(machine, takeBack, {
    unit: other,
    by: "learn",
    rubbish: [folder],
    hides: service.hides,
  });
  await makeLogFolder(machine, folder);
  const commands = provable.plan.commands.flatMap((it) => commandFor(it, provable.service.name, other) ?? []);
  const plan = { ...provable.plan, commands };
  const { strace, how } = provable;
  const observation = observingDropIn(service.unit, { folder, strace, how });
  if ("refused" in observation) throw new Error(`${other} cannot be observed: ${observation.refused}`);
  machine.say(`as another instance: ${other} as it is`);
  const own = { ...provable, service, folder, changed, plan };
  const first = await observed(machine, own, observation);
  if (typeof first === "string") {
    machine.say(`nothing is tried as another instance, as it does not start as it is: ${first}`);
    await changed.putBack();
    return settings;
  }
  const tried = settingsToProve(settings, { ...parts, user: false });
  const found = await searched(machine, { ...own, ...first }, tried, { about: "proof as another instance" });
  await changed.putBack();
  if ("problem" in found) {
    machine.say(found.problem);
    return settings;
  }
  return proven(settings, tried, found).map((it) => forEveryInstance(it, service.unit));
}

/** The instance that is made up for a proof on a machine that is thrown away. */
const TRIAL = "unit-warden-trial";

/** Which other instance a service is proven as: the one that was named, or a made-up one where that leaves nothing behind. */
export async function instanceToProve(
  machine: Machine,
  unit: string,
  named: string | undefined,
  isThrownAway: boolean,
): Promise<string | undefined> {
  const instance = named ?? (isThrownAway && instanceIn(unit) !== undefined ? TRIAL : undefined);
  if (instance === undefined) return undefined;
  const other = otherInstance(unit, instance);
  // Where it cannot be observed nothing is begun.
  await observableService(machine, other);
  return other;
}

/** What the instance does without new settings, or why it does not start. */
async function observed(
  machine: Machine,
  { service, changed, folder, how, plan }: Provable,
  { dropIn, logs: names }: Observation,
) {
  const logs = await makeLogs(machine, folder, { unit: service.unit, names, asRoot: how === "privileged" });
  try {
    const { follower, problems } = await observedRun(
      machine,
      changed,
      service.name,
      { unit: service.unit, dropIn, logs, canReload: service.canReload },
      plan,
    );
    const host = await hostOf(machine, service.unit, follower);
    return { host, problems, needs: await needsIn(machine, logs, service.unit, host) };
  } catch (error) {
    if (!(error instanceof NotStarted)) throw error;
    return error.message;
  }
}
