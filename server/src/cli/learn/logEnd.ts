import { type Unit, valuesInForce } from "../../units/unit.ts";
import { type Machine, textAt } from "../machine.ts";
import { showUnit } from "../systemctl.ts";
import type { Follower } from "./follower.ts";
import { LogTrouble } from "./logFolder.ts";
import { needRoomLeft } from "./logRoom.ts";

/** So long strace may take to write what happened, in seconds. */
const LAG = 3;

/**
 * Throws where the log of a service before its stop does not show all that its processes did. What only systemd's own stop ends
 * is not asked for: strace is told to end then as well, and writes no end of those that outlive it.
 */
export async function needLiveTracer(machine: Machine, unit: Unit, name: string, logs: Follower): Promise<void> {
  const shown = await showUnit(machine, name, ["ActiveState", "MainPID", "NRestarts", "ExecMainPID", "Result"]);
  // Where systemd ended processes before, as for Restart=, it ended their strace too; another namespace has its own numbers.
  if (Number(shown.NRestarts) !== 0 || valuesInForce(unit, "Service", "PrivatePIDs").length > 0) return;
  const isActive = shown.ActiveState === "active" && Number(shown.MainPID) > 0;
  const hasEnded = !(Number(shown.MainPID) > 0) && ENDS_BY_ITSELF.includes(shown.Result);
  if (!isActive && !hasEnded) return;
  const end = machine.now() + LAG;
  for (;;) {
    await logs.poll();
    const alive = logs.aliveIn("ExecStart-1");
    // With the main process systemd ends all others, and their strace.
    const pids = isActive ? alive : alive.filter((it) => it === Number(shown.ExecMainPID));
    const trouble =
      (await lostTracer(machine, pids)) ??
      (isActive && logs.fromStart ? await unseenMain(machine, pids, Number(shown.MainPID)) : undefined);
    if (trouble === undefined) return;
    if (machine.now() >= end) throw new LogTrouble(trouble);
    await machine.sleep(0.5);
  }
}

/** Results of a main process that systemd did not end. */
export const ENDS_BY_ITSELF: readonly string[] = ["success", "exit-code", "signal", "core-dump"];

/** A process that the log knows, and whose end it does not show. */
async function lostTracer(machine: Machine, pids: readonly number[]): Promise<string | undefined> {
  for (const pid of pids) {
    const status = await textAt(machine, `/proc/${pid}/status`).catch(() => undefined);
    if (status === undefined) return `the log of ExecStart does not show how process ${pid} ended`;
    if (/^TracerPid:\s+0$/m.test(status) && !/^State:\s+[ZX]/m.test(status))
      return `strace does not observe process ${pid} any more, which the log of ExecStart knows`;
  }
  return undefined;
}

/** A main process that strace observes, and of which the log shows nothing. */
async function unseenMain(machine: Machine, pids: readonly number[], main: number): Promise<string | undefined> {
  if (pids.includes(main)) return undefined;
  const status = await textAt(machine, `/proc/${main}/status`).catch(() => undefined);
  return status !== undefined && /^TracerPid:\s+[1-9]/m.test(status)
    ? `the log of ExecStart does not show the main process ${main}, which strace observes`
    : undefined;
}

/** Signals at which strace writes its last line whole, as it does where its processes end by themselves. */
export const KIND_SIGNALS: readonly string[] = ["15", "2", "3", "1", "18", "28"];

/** Throws where the logs of a service that has ended are not whole. */
export async function needWholeLogs(machine: Machine, name: string, logs: Follower, since: number): Promise<void> {
  await needRoomLeft(machine);
  const complaint = await straceComplaint(machine, name, logs, since);
  if (complaint !== undefined) throw new LogTrouble(`strace could not write all of it: ${complaint}`);
  const { KillMode, KillSignal, Result } = await showUnit(machine, name, ["KillMode", "KillSignal", "Result"]);
  // What is killed leaves its line as it is.
  if (KillMode !== "control-group" || !KIND_SIGNALS.includes(KillSignal) || Result !== "success") return;
  // What the other commands leave behind, systemd may kill before the next one.
  if (logs.isCut("ExecStart-1")) throw new LogTrouble("the log of ExecStart ends in the middle of a line");
}

/** What strace wrote to the journal of its service about a log, as of a full disk, a quota or a broken disk. */
async function straceComplaint(
  machine: Machine,
  name: string,
  { logs: [first] }: Follower,
  since: number,
): Promise<string | undefined> {
  if (!first) return undefined;
  const folder = first.path.slice(0, first.path.lastIndexOf("/"));
  const words = [
    "--quiet",
    "--no-pager",
    "--output=cat",
    `--since=@${Math.floor(since)}`,
    "--unit",
    name.replace("@.", "@*."),
  ];
  const { stdout } = await machine.run(["journalctl", ...words, "--lines=1", "--grep", `strace: ${folder}/`]);
  return /strace: \S+: (.+)/.exec(stdout)?.[1];
}
