import { OBSERVED_START_SECONDS } from "../../learn/observe.ts";
import { append } from "../../text/append.ts";
import type { Unit } from "../../units/unit.ts";
import type { Machine, RunOptions } from "../machine.ts";
import { settled, systemctl } from "../systemctl.ts";
import type { ChangedUnit } from "../temporaryDropIn.ts";
import { connectionsFrom, isTemplateName } from "./connections.ts";
import { type Follower, follower } from "./follower.ts";
import { needLiveTracer, needWholeLogs } from "./logEnd.ts";
import type { LogFile } from "./logFolder.ts";
import type { ObservableService } from "./service.ts";

/** What happens while a service is observed. */
export interface RunPlan {
  /** Commands for `/bin/sh -c`, run after the start and after a reload. */
  readonly commands: readonly string[];
  /** So long the service is left to its users besides, in seconds. */
  readonly seconds: number;
  /** Whether to wait for the Enter key instead. */
  readonly untilEnter: boolean;
  /** So long a command may take, in seconds; without it as long as it likes. */
  readonly patience?: number;
}

/** An observed run that is over; the service is stopped. */
export interface ObservedRun {
  readonly seconds: number;
  /** How long the start took. */
  readonly startSeconds: number;
  readonly follower: Follower;
  /** What went wrong without ending the run, one sentence each. */
  readonly problems: readonly string[];
  /** Those of them that are commands of the exercise: without them, little was seen. */
  readonly unexercised: readonly string[];
}

/** So often the logs are read while time passes, in seconds. */
const POLL = 2;

/** So often it is said what is new, in seconds. */
const MINUTE = 60;

/** Logs larger than this end the run: they would fill the disk. */
export const MOST_BYTES = 2 ** 30;

/** So long it is waited for a start, in seconds: a moment longer than systemd waits. */
const START_SECONDS = OBSERVED_START_SECONDS + 30;

/** What is observed, and how. */
interface Observed {
  /** The unit with what is tried on it. */
  readonly unit: Unit;
  readonly dropIn: string;
  /** Made for it, and empty. */
  readonly logs: readonly LogFile[];
  readonly canReload: boolean;
}

/** Starts the service with a drop-in, exercises it, reloads it, exercises it again and stops it. Throws where it does not start. */
export async function observedRun(
  machine: Machine,
  changed: ChangedUnit,
  unit: string,
  { dropIn, logs: files, unit: text, canReload }: Observed,
  exercise: RunPlan,
): Promise<ObservedRun> {
  const began = machine.now();
  const problems: string[] = [];
  const logs = follower(machine, files);
  const meanwhile = (): Promise<void> => logs.poll();
  const connections = isTemplateName(unit) ? await connectionsFrom(machine, unit) : undefined;
  await changed.set(dropIn);
  if (!connections) await startObserved(machine, unit, { meanwhile });
  const startSeconds = machine.now() - began;
  const guarded = { ...exercise, meanwhile };
  const unexercised = await patientExercise(machine, guarded, "after the start", startSeconds);
  await passTime(machine, logs, exercise);
  if (canReload) {
    machine.say(`reloading ${unit}`);
    const { status, stderr } = await machine.run(["systemctl", "reload", unit], { meanwhile });
    if (status !== 0) problems.push(`the reload failed: ${stderr.trim()}`);
    const after = await settled(machine, unit, START_SECONDS);
    if (!after.works || !after.state.startsWith("active")) problems.push(`the reload left it ${after.state}`);
    append(unexercised, await patientExercise(machine, guarded, "after the reload", startSeconds));
  }
  if (connections) append(problems, await connections.ended());
  await needLiveTracer(machine, text, unit, logs);
  await logs.poll();
  await logs.lookAgain();
  if (!connections) {
    machine.say(`stopping ${unit}`);
    await systemctl(machine, "stop", unit);
  }
  await logs.poll();
  await needWholeLogs(machine, unit, logs, began);
  const all = [...unexercised, ...problems];
  const seconds = Math.round(10 * (machine.now() - began)) / 10;
  return { seconds, startSeconds, follower: logs, problems: all, unexercised };
}

/** Why a service does not start under what was added; its message is for the reader. */
export class NotStarted extends Error {}

/** Restarts a service whose drop-in systemd has read, and waits until it has started, and stays up so long; throws where it does not. */
export async function startObserved(
  machine: Machine,
  unit: string,
  { meanwhile, steadySeconds }: Pick<RunOptions, "meanwhile"> & { readonly steadySeconds?: number },
): Promise<void> {
  await machine.run(["systemctl", "reset-failed", unit]);
  machine.say(`restarting ${unit} under observation`);
  const { status } = await machine.run(["systemctl", "restart", unit], { meanwhile });
  const started = await settled(machine, unit, START_SECONDS, steadySeconds);
  if (status === 0 && started.works) return;
  throw new NotStarted(await notStarted(machine, unit, started.state));
}

/** Why a service does not start, with the end of its journal. */
async function notStarted(machine: Machine, unit: string, state: string): Promise<string> {
  const { stdout } = await machine.run(["journalctl", "--unit", unit, "--lines=40", "--no-pager", "--output=cat"]);
  const lines = stdout.trim().split("\n");
  const own = lines.filter((it) => !it.startsWith(`${unit}: `) && !/^(?:Start|Stopp|Failed to start|Reload)/.test(it));
  const last = (own.length > 0 ? own : lines).slice(-3).join(" | ");
  return `${unit} does not start: ${state}${last === "" ? "" : `, its journal ends with ${last}`}`;
}

/** Exercises a service that is active before anything is changed; throws where that fails, as a run would show nothing then. */
export async function exerciseBefore(
  machine: Machine,
  { isActive }: ObservableService,
  commands: readonly string[],
): Promise<void> {
  const [failed] = isActive ? await exerciseWith(machine, { commands }, "before anything is changed") : [];
  if (failed !== undefined) throw new Error(`${failed}: the exercise has to work before it is observed`);
}

/** Commands, and what is looked at while they run. */
type Exercise = Pick<RunPlan, "commands" | "patience"> & Pick<RunOptions, "meanwhile">;

/** Runs the commands that exercise the service; gives those that fail. */
async function exerciseWith(
  machine: Machine,
  { commands, patience, meanwhile }: Exercise,
  when: string,
): Promise<string[]> {
  const failed: string[] = [];
  for (const command of commands) {
    machine.say(`exercising it ${when}: ${command}`);
    const { status, stderr } = await machine.run(["/bin/sh", "-c", command], {
      ...(patience && { seconds: patience }),
      meanwhile,
    });
    const lastLine = stderr.trim().split("\n").at(-1) ?? "";
    const end = patience !== undefined && status === 124 ? `took more than ${patience} s` : `ended with ${status}`;
    if (status !== 0) failed.push(`${command} ${end} ${when}${lastLine === "" ? "" : `: ${lastLine}`}`);
  }
  return failed;
}

/** More often than this a command is not tried, a second apart. */
const MOST_TRIES = 10;

/** The same within its patience, once more for what fails at first: many a service is active before it answers, and strace makes it slower. */
async function patientExercise(
  machine: Machine,
  plan: Exercise,
  when: string,
  startSeconds: number,
): Promise<string[]> {
  const { patience = Number.POSITIVE_INFINITY } = plan;
  const end = machine.now() + patience;
  let failed = await exerciseWith(machine, plan, when);
  const tries = Math.min(MOST_TRIES, 3 + Math.round(startSeconds));
  for (let i = 1; i < tries && failed.length > 0 && machine.now() < end; i++) {
    await machine.sleep(1);
    failed = await exerciseWith(machine, plan, `${when}, once more`);
  }
  return failed;
}

/** Reads the logs while the service is used, and says each minute what was new. */
async function passTime(machine: Machine, logs: Follower, { seconds, untilEnter }: RunPlan): Promise<void> {
  const end = machine.now() + seconds;
  let reportedAt = machine.now();
  let isOver = false;
  if (untilEnter) {
    machine.say("use the service now; Enter ends the observation");
    // An answer that comes too late, when this is stopped, is nobody's concern.
    machine.enter().then(
      () => {
        isOver = true;
      },
      () => undefined,
    );
  }
  for (;;) {
    await logs.poll();
    if (logs.size() > MOST_BYTES) {
      machine.say("the logs have grown to a gigabyte, which ends the observation");
      return;
    }
    const remaining = end - machine.now();
    if (untilEnter ? isOver : remaining <= 0) return;
    if (machine.now() - reportedAt >= MINUTE) {
      reportedAt = machine.now();
      const until = untilEnter ? "" : `, ${Math.ceil(remaining / 60)} min to go`;
      machine.say(`new in the last minute: ${logs.news.take() ?? "nothing"}${until}`);
    }
    await machine.sleep(untilEnter ? POLL : Math.min(POLL, remaining));
  }
}
