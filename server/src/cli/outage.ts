import { counted } from "../learn/settings/sentences.ts";
import { parseTimeSpan } from "../values/timeSpan.ts";
import { activeCompanions, type Companion } from "./companions.ts";
import { type FailedState, failedEnd, failureBefore } from "./failedState.ts";
import type { Machine } from "./machine.ts";
import { showUnit } from "./systemctl.ts";

/** What is known about a unit before it is restarted: how long it is away then, and what goes with it. */
export interface Outage {
  readonly isActive: boolean;
  /** How it has failed, where it has. */
  readonly failed: FailedState | undefined;
  /** How long its last start took, in seconds; undefined where systemd has seen none. */
  readonly startSeconds: number | undefined;
  /** The same of its last stop. */
  readonly stopSeconds: number | undefined;
  /** So long systemd waits for a stop, in seconds, which may have no end. */
  readonly stopLimit: number;
  readonly companions: readonly Companion[];
}

const TIMES = [
  "InactiveExitTimestampMonotonic",
  "ActiveEnterTimestampMonotonic",
  "ActiveExitTimestampMonotonic",
  "InactiveEnterTimestampMonotonic",
] as const;

/** Asks systemd when the unit last started and stopped. */
export async function outageOf(machine: Machine, unit: string): Promise<Outage> {
  const it = await showUnit(machine, unit, ["ActiveState", "TimeoutStopUSec", ...TIMES]);
  const isActive = ACTIVE.includes(it.ActiveState);
  const [starting, started, stopping, stopped] = TIMES.map((name) => Number(it[name]) / 1e6);
  return {
    isActive,
    failed: await failureBefore(machine, unit),
    startSeconds: between(starting, started),
    stopSeconds: between(stopping, stopped),
    stopLimit: secondsOf(it.TimeoutStopUSec),
    companions: isActive ? await activeCompanions(machine, unit) : [],
  };
}

/** How the unit is in the end, as it was before. */
export const stateAfter = ({ isActive, failed }: Outage): string =>
  isActive ? "running" : failed ? failedEnd(failed) : "stopped";

/** States of a unit that is to be running again in the end. */
export const ACTIVE: readonly string[] = ["active", "reloading", "activating", "refreshing"];

/** Zero is the time of what never was. */
const between = (from = 0, to = 0): number | undefined => (from > 0 && to >= from ? to - from : undefined);

function secondsOf(text: string): number {
  const read = parseTimeSpan(text, "s");
  return "error" in read || read.nanoseconds === "infinity" || read.nanoseconds === 0n
    ? Number.POSITIVE_INFINITY
    : Number(read.nanoseconds / 1_000_000n) / 1000;
}

/** The restarts of an errand, and what slows them down. */
export interface Restarts {
  /** So many it takes where all goes well, the one that puts the unit back included. */
  readonly least: number;
  readonly most: number;
  /** So many times longer a start and a stop may take, as under strace. */
  readonly slower: number;
  /** So long the unit may stay stopped before its next start besides, in seconds. */
  readonly pause: number;
}

/** How often a unit is restarted, how long it is away and what stops with it, a sentence each. */
export function outageText(unit: string, outage: Outage, restarts: Restarts): string[] {
  const { isActive, companions } = outage;
  const { least, most } = restarts;
  const times =
    least === most ? counted(least, "time") : `at least ${counted(least, "time")} if all goes well, at most ${most}`;
  if (!isActive) return [`${unit} is not running: it is started ${times}, and nobody misses it meanwhile`];
  return [
    `${unit} is restarted ${times}, and is away for ${awayText(outage, restarts)}`,
    ...(companions.length > 0
      ? [`these stop and start with it: ${companions.map(({ name, by }) => `${name} (${by}=)`).join(", ")}`]
      : []),
  ];
}

/** The time without the unit from the first stop to the last start, and what that rests on. */
function awayText(
  { startSeconds: start, stopSeconds: stop, stopLimit }: Outage,
  { least, most, slower, pause }: Restarts,
): string {
  const shortest = least * ((start ?? 0) + (stop ?? 0));
  const longestStop = stop === undefined ? stopLimit : Math.min(stopLimit, slower * stop);
  const longest = most * (slower * (start ?? 0) + pause + longestStop);
  const range = Number.isFinite(longest) ? `${span(shortest)} to ${span(longest)}` : `${span(shortest)} or longer`;
  const last = (what: string, seconds: number | undefined): string =>
    seconds === undefined ? `no ${what} of it was seen since the boot` : `its last ${what} took ${span(seconds)}`;
  const bound = Number.isFinite(stopLimit)
    ? `a stop may take up to ${span(stopLimit)} (TimeoutStopSec=)`
    : "no TimeoutStopSec= bounds a stop";
  return `about ${range} in all: ${[last("start", start), last("stop", stop), bound].join(", ")}`;
}

/** Seconds in the largest unit that they fill. */
function span(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 100 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
