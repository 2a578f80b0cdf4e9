import { append } from "../../text/append.ts";
import type { Machine } from "../machine.ts";
import { placesOf } from "../places.ts";
import { settled, showUnit } from "../systemctl.ts";
import type { Subject } from "./subject.ts";
import { type Exercise, type Observed, TIMED_OUT, type TriedState } from "./verdict.ts";

/** So long a service has to stay as it is after a start, in seconds. */
const STEADY = 2;
/** So long a start may take that systemd itself does not bound. */
const MOST_OF_START = 600;
/** So long a command of the exercise may take, as long as it is not known how long it takes. */
export const MOST_OF_EXERCISE = 300;
/** A service may be active before it answers: so often an exercise is tried, a second apart. */
const ATTEMPTS = 4;

/**
 * Restarts a service with the settings that systemd has read, exercises it, reloads it and exercises it again. It is stopped then
 * where that is wanted and takes no other unit along. `patience` is how long a command of the exercise may take, in seconds.
 */
export async function observe(
  machine: Machine,
  subject: Subject,
  commands: readonly string[],
  { stops, patience = MOST_OF_EXERCISE }: { readonly stops: boolean; readonly patience?: number },
): Promise<Observed> {
  const { name, canReload, companions } = subject;
  const cursor = await cursorOf(machine);
  // What was started too often is not started again, and each try counts.
  await machine.run(["systemctl", "reset-failed", name, ...companions]);
  const { status } = await machine.run(["systemctl", "restart", name], { seconds: MOST_OF_START });
  await settled(machine, name, 60);
  const state = await stateOf(machine, name);
  // A unit that systemd forgets at once leaves no result.
  const started = status !== 0 && state.result === "success" ? { ...state, result: "exit-code" } : state;
  if (started.active === "active") await machine.sleep(STEADY);
  const exercises: Exercise[] = [];
  const ran = isFine(started) ? await exercise(machine, commands, "after the start", patience) : [];
  append(exercises, ran);
  let reload: Observed["reload"];
  if (canReload && started.active === "active" && ran.every((it) => it.status === 0)) {
    const { status, stderr } = await machine.run(["systemctl", "reload", name], { seconds: MOST_OF_START });
    reload = { status, output: stderr };
    await settled(machine, name, 60);
    append(exercises, await exercise(machine, commands, "after a reload", patience));
  }
  const last = await stateOf(machine, name);
  const stopped = stops && companions.length === 0 && isFine(last) ? await stop(machine, name) : undefined;
  return { started, last, exercises, reload, stopped, journal: await journalSince(machine, cursor, subject) };
}

const isFine = ({ active, result }: TriedState): boolean =>
  result === "success" && (active === "active" || active === "inactive");

async function stateOf(machine: Machine, name: string): Promise<TriedState> {
  const it = await showUnit(machine, name, [...PROPERTIES]);
  const active = it.ActiveState === "reloading" || it.ActiveState === "refreshing" ? "active" : it.ActiveState;
  const isAsked = !/^0?$/.test(it.ConditionTimestampMonotonic);
  const skipped = isAsked && (it.ConditionResult === "no" || it.AssertResult === "no");
  return { active, result: it.Result, restarts: Number(it.NRestarts) || 0, mainStatus: it.ExecMainStatus, skipped };
}

const PROPERTIES = [
  "ActiveState",
  "Result",
  "NRestarts",
  "ExecMainStatus",
  "ConditionResult",
  "AssertResult",
  "ConditionTimestampMonotonic",
] as const;

async function stop(machine: Machine, name: string): Promise<TriedState> {
  await machine.run(["systemctl", "stop", name], { seconds: MOST_OF_START });
  return stateOf(machine, name);
}

/** Runs the commands in their order, up to the first that fails. */
async function exercise(
  machine: Machine,
  commands: readonly string[],
  when: string,
  seconds: number,
): Promise<readonly Exercise[]> {
  const done: Exercise[] = [];
  for (const command of commands) {
    for (let attempt = 1; ; attempt++) {
      const { status, stdout, stderr } = await machine.run(["/bin/sh", "-c", command], { seconds });
      // A service that takes a question and never answers is not asked again.
      if (status !== 0 && status !== TIMED_OUT && attempt < ATTEMPTS) {
        await machine.sleep(1);
        continue;
      }
      done.push({ command, when, status, output: `${stderr}\n${stdout}`.slice(0, MOST_OUTPUT) });
      break;
    }
    if (done.at(-1)?.status !== 0) break;
  }
  return done;
}

const MOST_OUTPUT = 20_000;

/** The place in the journal after which something new will come. */
async function cursorOf(machine: Machine): Promise<string | undefined> {
  const { stdout } = await machine.run(["journalctl", "--quiet", "--lines=0", "--show-cursor"]);
  return /^-- cursor: (.+)$/m.exec(stdout)?.[1];
}

/** What the service and systemd said, and which calls the kernel stopped; lines of a process that has ended may have lost their unit. */
async function journalSince(
  machine: Machine,
  cursor: string | undefined,
  subject: Subject,
): Promise<readonly string[]> {
  await machine.run(["journalctl", "--sync"]);
  const after = cursor === undefined ? [] : [`--after-cursor=${cursor}`];
  const read = async (...matches: readonly string[]): Promise<readonly string[]> => {
    const words = ["journalctl", "--quiet", "--no-pager", "--output=short", "--lines=500", ...after, ...matches];
    return (await machine.run(words)).stdout.split("\n").filter(Boolean);
  };
  const programs = subject.programs.flatMap((it) => ["+", `_COMM=${it.slice(0, 15)}`, "+", `SYSLOG_IDENTIFIER=${it}`]);
  const ofUnit =
    placesOf(machine).scope === "user"
      ? [`_SYSTEMD_USER_UNIT=${subject.name}`, "+", `_UID=${machine.uid}`, `USER_UNIT=${subject.name}`]
      : [`_SYSTEMD_UNIT=${subject.name}`, "+", "_UID=0", `UNIT=${subject.name}`];
  const own = await read(...ofUnit, ...programs);
  const stopped = (await read("_TRANSPORT=kernel", "+", "_TRANSPORT=audit")).filter((it) =>
    /type=1326|SECCOMP/.test(it),
  );
  return [...own, ...stopped];
}
