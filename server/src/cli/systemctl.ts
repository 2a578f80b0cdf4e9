import type { Machine } from "./machine.ts";

/** Properties of a unit by their names, as `systemctl show` prints them; empty where systemd says nothing. */
export async function showUnit<N extends string>(
  machine: Machine,
  unit: string,
  names: readonly N[],
): Promise<Readonly<Record<N, string>>> {
  const { stdout } = await machine.run(["systemctl", "show", `--property=${names.join(",")}`, "--", unit]);
  const lines = stdout.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  const found = new Map(lines.map(([name = "", value = ""]) => [name, value]));
  return Object.fromEntries(names.map((it) => [it, found.get(it) ?? ""])) as Record<N, string>;
}

/** Runs systemctl; throws with what it says where it fails. */
export async function systemctl(machine: Machine, ...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await machine.run(["systemctl", ...words]);
  if (status === 0) return stdout;
  const firstLine = stderr.trim().split("\n")[0] ?? "";
  throw new Error(`systemctl ${words.join(" ")}: ${firstLine === "" ? `status ${status}` : firstLine}`);
}

/** Starts a transient unit, which goes away when it ends; throws where systemd does not. */
export async function startTransient(
  machine: Machine,
  unit: string,
  properties: readonly string[],
  argv: readonly string[],
): Promise<void> {
  const words = ["systemd-run", "--quiet", "--collect", `--unit=${unit}`, ...properties, ...argv];
  const { status, stderr } = await machine.run(words);
  if (status !== 0) throw new Error(`systemd-run does not work here: ${stderr.trim()}`);
}

/** Whether a unit is active. */
export async function isActive(machine: Machine, unit: string): Promise<boolean> {
  return (await machine.run(["systemctl", "is-active", "--quiet", unit])).status === 0;
}

/** How a unit is after a start. */
export interface Started {
  /** Whether it serves: active, or done without a failure. */
  readonly works: boolean;
  /** What systemd says of it, as `failed (Result: exit-code)`. */
  readonly state: string;
}

/** So long a unit that is active has to stay so to count as started, in seconds. */
const STEADY = 1;

/** A unit that systemd started again so often by Restart= does not come up. */
const MOST_RESTARTS = 3;

/**
 * Waits until systemd has done what it has to do for a unit, at most so many seconds, and until its main process is the same for
 * a moment. One that ends and is started again and again never serves.
 */
export async function settled(machine: Machine, unit: string, seconds: number, steady = STEADY): Promise<Started> {
  const end = machine.now() + seconds;
  let steadyFrom: number | undefined;
  let firstRestarts: number | undefined;
  let before = "";
  for (;;) {
    const it = await showUnit(machine, unit, ["ActiveState", "SubState", "Result", "NRestarts", "MainPID", "Job"]);
    const isBusy = /^(?:de)?activating$|^reloading$|^refreshing$/.test(it.ActiveState) || !/^0?$/.test(it.Job);
    const now = `${it.ActiveState} ${it.SubState} ${it.NRestarts} ${it.MainPID}`;
    if (isBusy || now !== before) steadyFrom = undefined;
    else steadyFrom ??= machine.now();
    before = now;
    const state = it.Result === "success" ? `${it.ActiveState} (${it.SubState})` : `${it.ActiveState} (${it.Result})`;
    const restarts = Number(it.NRestarts) || 0;
    firstRestarts ??= restarts;
    const again = restarts - firstRestarts;
    const isOver = machine.now() >= end;
    if (again >= MOST_RESTARTS || (again > 0 && isOver))
      return { works: false, state: `${state}, started again ${again} times by Restart=` };
    const isSteady = !isBusy && steadyFrom !== undefined && machine.now() - steadyFrom >= steady;
    const isDown = !isBusy && it.ActiveState !== "active";
    if (isSteady || isDown || isOver)
      return { works: it.ActiveState === "active" || (isDown && it.Result === "success"), state };
    await machine.sleep(0.25);
  }
}
