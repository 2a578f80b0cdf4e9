import { withoutStamp } from "../../failures/logLines.ts";

/** A command that asked the service for something. */
export interface Exercise {
  readonly command: string;
  /** When it ran, as `after the start`. */
  readonly when: string;
  readonly status: number;
  readonly output: string;
}

/** What was seen of a service from a start to its stop. */
export interface Observed {
  /** What systemd says once the start has settled, and before the stop. */
  readonly started: TriedState;
  readonly last: TriedState;
  readonly exercises: readonly Exercise[];
  /** What the reload said; undefined where there was none. */
  readonly reload: { readonly status: number; readonly output: string } | undefined;
  /** After the stop; undefined where it was not stopped. */
  readonly stopped: TriedState | undefined;
  /** Lines of the journal. */
  readonly journal: readonly string[];
}

/** Properties of the unit. */
export interface TriedState {
  readonly active: string;
  readonly result: string;
  readonly restarts: number;
  readonly mainStatus: string;
  /** Whether a condition or an assertion kept it from running; known until it stops. */
  readonly skipped: boolean;
}

/** Why a service does not work, with what shows the reason. */
export interface Breakage {
  /** The end of a sentence. */
  readonly reason: string;
  readonly evidence: string;
}

/** Why a service does not work by itself; undefined where it does. */
export function brokenByItself(now: Observed): Breakage | undefined {
  const reason = failedStart(now) ?? failedExercise(now) ?? failedReload(now) ?? failedStop(now);
  return reason === undefined ? undefined : { reason, evidence: allOf(now, now.journal) };
}

/** Why a service does not work as it did before; undefined where it does. What already failed then is no reason. */
export function brokenSince(before: Observed, now: Observed): Breakage | undefined {
  const unlikeBefore =
    now.last.active === before.last.active ? undefined : `it is ${now.last.active} instead of ${before.last.active}`;
  const reason =
    failedStart(now) ??
    unlikeBefore ??
    failedExercise(now) ??
    failedReload(now) ??
    (failedStop(before) ? undefined : failedStop(now));
  return reason === undefined ? undefined : { reason, evidence: allOf(now, newLines(before, now)) };
}

/** What a service that works logged and had not logged before, numbers aside. */
export function newLines(before: Observed, now: Observed): readonly string[] {
  const known = new Set(before.journal.map(shapeOf));
  return now.journal.filter((it) => !known.has(shapeOf(it)));
}

const shapeOf = (line: string): string => withoutStamp(line).replace(/\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/gi, "0");

function failedStart({ started, last, journal }: Observed): string | undefined {
  const says = (isSaid: (line: string) => boolean): boolean => last.active === "inactive" && journal.some(isSaid);
  if (started.skipped || says(isSkipped)) return "one of its conditions is not met, so that it does not run";
  if (says((it) => NO_SOCKET.test(it))) return "it does not run without a socket that starts it";
  for (const it of [started, last]) {
    if (it.result !== "success" && it.result !== "") return `it failed with result ${it.result}${statusOf(it)}`;
    if (it.active !== "active" && it.active !== "inactive") return `it is ${it.active}${statusOf(it)}`;
  }
  return last.restarts > 0 ? `systemd had to restart it ${last.restarts} times` : undefined;
}

/** What systemd logs of a unit that it does not start, which is a success and forgotten at once: in words of 245, 252 and 257. */
const SKIPPED = [" skipped, unmet condition ", " was skipped because ", " being skipped"];
const isSkipped = (line: string): boolean => {
  const [, ...parts] = line.split(" systemd[1]: ");
  return parts.length > 0 && SKIPPED.some((it) => parts.join(" ").includes(it));
};
const NO_SOCKET = / (?:systemd(?:-executor)?|\([^ )]*\))\[\d+\]: \S+: Got no socket/;

const statusOf = ({ mainStatus }: TriedState): string =>
  mainStatus === "" || mainStatus === "0" ? "" : ` (status ${mainStatus})`;

function failedExercise({ exercises }: Observed): string | undefined {
  const failed = exercises.find((it) => it.status !== 0);
  if (!failed) return undefined;
  const how = failed.status === TIMED_OUT ? "gets no answer in time" : `ends with ${failed.status}`;
  return `\`${shortened(failed.command)}\` ${how} ${failed.when}`;
}

/** The status of a command that took too long. */
export const TIMED_OUT = 124;

const shortened = (command: string): string => (command.length > 50 ? `${command.slice(0, 49)}…` : command);

const failedReload = ({ reload }: Observed): string | undefined =>
  reload && reload.status !== 0 ? `its reload fails with ${reload.status}` : undefined;

const failedStop = ({ stopped }: Observed): string | undefined =>
  stopped && stopped.result !== "success" ? `it stops with result ${stopped.result}` : undefined;

function allOf({ last, stopped, reload, exercises }: Observed, lines: readonly string[]): string {
  const state = stopped ?? last;
  const outputs = [...exercises.filter((it) => it.status !== 0).map((it) => it.output), reload?.output ?? ""];
  return [...lines, ...outputs, `Result=${state.result}`, `ExecMainStatus=${state.mainStatus}`].join("\n");
}
