import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { type Box, withBox } from "./box.ts";
import type { Daemon } from "./daemon.ts";

/** A unit as it is loaded: the path of its file, its text, and those of its drop-ins in their order. */
export interface UnitFiles {
  readonly path: string;
  readonly text: string;
  readonly dropIns: readonly string[];
  /** Of each drop-in, whether a package brings it. */
  readonly isPackaged: readonly boolean[];
  /** The root in which its programs lie. */
  readonly root: string;
}

/** How one start of a daemon went. */
export interface Outcome {
  readonly works: boolean;
  /** How far it came: to the start, to the answer, to the answer after a restart. */
  readonly step: "start" | "answer" | "reload" | "restart";
  /** What was answered, or why nothing was. */
  readonly answer: string;
  /** `Result=` of systemd, with the exit status where it is not 0. */
  readonly result: string;
  /** The line of its journal that tells most, where it failed. */
  readonly says: string;
  /** How long it took until it was active, and until it answered. */
  readonly seconds: { readonly start: number; readonly answer: number };
}

/** How long a daemon must stay active before it is asked for anything. */
const SETTLE = 1.5;

/** How long it may take to stop, until systemd kills what is left. */
const STOP = 95;

/** The program that asks, for Node.js as a module on its standard input. */
export const ASK = transformSync(readFileSync(join(import.meta.dirname, "ask.ts"), "utf8"), { loader: "ts" }).code;

/** How patient a trial is, in seconds. */
export interface Patience {
  readonly start: number;
  readonly answer: number;
}

/** What is changed of a unit: its text instead of that of its package, or one more drop-in. */
export type Change = { readonly text: string } | { readonly dropIn: string };

/** Starts a daemon in a box of its own and asks it; `text` takes the place of the unit file that its package ships. */
export function tryDaemon(
  daemon: Daemon,
  root: string,
  patience: Patience,
  text?: string,
): Promise<Outcome & { readonly files: UnitFiles }> {
  return withDaemon(daemon, root, text === undefined ? undefined : { text }, async (box, files) => {
    const first = await attempt(box, daemon, patience, "start");
    // Only a changed unit has to show that it also stops and comes back.
    const outcome = first.works && text !== undefined ? await attempt(box, daemon, patience, "restart") : first;
    return { ...outcome, files };
  });
}

/** Prepares a daemon in a box of its own, with its unit as shipped or changed; nothing is started yet. */
export function withDaemon<T>(
  daemon: Daemon,
  root: string,
  change: Change | undefined,
  use: (box: Box, files: UnitFiles) => Promise<T>,
): Promise<T> {
  return withBox(root, async (box) => {
    await box.run(["systemctl", "start", "sysinit.target", "systemd-user-sessions.service"]);
    if (daemon.setup !== undefined) {
      const { status, output } = await box.run(["sh", "-e"], { input: daemon.setup });
      if (status !== 0) throw new Error(`the setup ends with ${status}: ${output.trim().slice(-300)}`);
    }
    await box.run(["systemctl", "daemon-reload"]);
    const files = await unitFiles(box, daemon.unit, root);
    if (change) {
      const name = files.path.slice(files.path.lastIndexOf("/") + 1);
      const path = "text" in change ? name : `${daemon.unit}.d/50-changed.conf`;
      await box.put(`/etc/systemd/system/${path}`, "text" in change ? change.text : change.dropIn);
      await box.run(["systemctl", "daemon-reload"]);
    }
    return use(box, files);
  });
}

async function unitFiles(box: Box, unit: string, root: string): Promise<UnitFiles> {
  const shown = await box.show(unit, "LoadState", "FragmentPath", "DropInPaths");
  const path = shown.FragmentPath ?? "";
  if (shown.LoadState !== "loaded" || path === "") throw new Error(`${unit} is ${shown.LoadState}`);
  const read = async (it: string): Promise<string> => (await box.run(["cat", it])).output;
  const dropIns = (shown.DropInPaths ?? "").split(" ").filter((it) => it !== "");
  const isPackaged = dropIns.map((it) => it.startsWith("/usr/"));
  return { path, text: await read(path), dropIns: await Promise.all(dropIns.map(read)), isPackaged, root };
}

/** Starts, restarts or reloads a daemon and asks it. */
export async function attempt(
  box: Box,
  daemon: Daemon,
  patience: Patience,
  verb: "start" | "restart" | "reload",
): Promise<Outcome> {
  const begun = Date.now();
  const since = (from: number): number => Math.round((Date.now() - from) / 100) / 10;
  const refused = await box.run(["systemctl", verb, "--no-block", daemon.unit]);
  let state = await stateOf(box, daemon.unit);
  const limit = patience.start + (verb === "restart" ? STOP : 0);
  while (!isSettled(state) && since(begun) < limit) {
    await pause(0.2);
    state = await stateOf(box, daemon.unit);
  }
  const start = since(begun);
  const failed = async (step: Outcome["step"], answer: string, now: State, seconds = 0): Promise<Outcome> => ({
    works: false,
    step: verb === "start" ? step : verb,
    answer,
    result: resultOf(now),
    says: await tellingLine(box, daemon.unit),
    seconds: { start, answer: seconds },
  });
  if (refused.status !== 0) return failed("start", refused.output.trim(), state);
  if (state.ActiveState !== "active") return failed("start", notActive(state, start, limit), state);
  await pause(SETTLE);
  const asked = Date.now();
  const { status, answer } = await askFor(box, daemon.probes, patience.answer);
  const now = await stateOf(box, daemon.unit);
  if (now.ActiveState !== "active") return failed("start", "it has ended since", now, since(asked));
  if (status !== 0) return failed("answer", answer, now, since(asked));
  if (now.NRestarts !== "0") return failed("start", `restarted ${now.NRestarts} times`, now, since(asked));
  const seconds = { start, answer: since(asked) };
  return { works: true, step: verb === "start" ? "answer" : verb, answer, result: resultOf(now), says: "", seconds };
}

/** Asks until all is answered, for so many seconds at most; status 0 where it was. */
export async function askFor(
  box: Box,
  probes: Daemon["probes"],
  seconds: number,
): Promise<{ readonly status: number; readonly answer: string }> {
  const words = [process.execPath, "--input-type=module", "-", `${seconds}`, JSON.stringify(probes)];
  const { status, output } = await box.run(words, { input: ASK, seconds: seconds + 90 });
  return { status, answer: output.trim().slice(-200) };
}

type State = Readonly<Record<string, string>>;

const stateOf = (box: Box, unit: string): Promise<State> =>
  box.show(unit, "ActiveState", "Result", "ExecMainCode", "ExecMainStatus", "NRestarts", "Job");

function isSettled(state: State): boolean {
  const { ActiveState: active, Job: job = "" } = state;
  if (job !== "" && job !== "0") return false;
  return active === "active" || active === "failed" || active === "inactive";
}

function notActive(state: State, took: number, limit: number): string {
  if (took >= limit) return `not active after ${Math.round(took)} s`;
  return state.ActiveState === "failed" ? "it does not start" : "it has ended, or a condition is not met";
}

function resultOf(state: State): string {
  const { Result: result = "", ExecMainStatus: status = "0" } = state;
  if (status === "0") return result;
  const known = EXIT_STATUSES.find((it) => `${it.number}` === status && it.class === "systemd");
  return `${result} ${status}${known ? `/${known.name}` : ""}`;
}

const COMPLAINT =
  /denied|not permitted|not allowed|read-only file|EACCES|EPERM|EROFS|bad system call|not supported|no such file|errno|failed at step/i;
const TROUBLE = /fail|error|cannot|could not|unable|fatal|unknown/i;
const OF_SYSTEMD = /^(?:\S+\.(?:service|socket): |Start(?:ing|ed) |Failed to start |Stopp(?:ing|ed) )/;

/** The line of a unit's journal that tells most about a failure. */
async function tellingLine(box: Box, unit: string): Promise<string> {
  const { output } = await box.run(["journalctl", "-u", unit, "-o", "cat", "--no-pager", "-n", "200"]);
  const lines = output.split("\n").filter((it) => it.trim() !== "");
  const own = lines.filter((it) => !OF_SYSTEMD.test(it));
  const found =
    own.findLast((it) => COMPLAINT.test(it)) ??
    lines.findLast((it) => /Failed at step|code=/.test(it)) ??
    own.findLast((it) => TROUBLE.test(it)) ??
    own.at(-1) ??
    "";
  return found.trim().slice(0, 240);
}

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
