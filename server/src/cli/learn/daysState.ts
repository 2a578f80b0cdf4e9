import type { PathStatus } from "../../learn/bundle.ts";
import { statusLine } from "../../learn/bundleFiles.ts";
import type { Needs } from "../../learn/needs.ts";
import { needsFromJson, needsToJson } from "../../learn/needsJson.ts";
import { readStatus } from "../../learn/readBundle.ts";
import { type Machine, textAt } from "../machine.ts";
import type { UnitSnapshot } from "../unitSnapshot.ts";
import { LEARN_FOLDER, type LogFile, plainName } from "./logFolder.ts";

/** An observation that goes on for days, as it is kept on the disk. */
export interface DaysState {
  readonly version: 1;
  readonly unit: string;
  /** Where the logs are, and those that the drop-in names. */
  readonly folder: string;
  readonly logs: readonly LogFile[];
  /** How the unit was before. */
  readonly before?: UnitSnapshot;
  /** Seconds since 1970. */
  readonly since: number;
  /** When the collector wrote this last. */
  readonly saved: number;
  /** Bytes of each log whose lines are in the needs, and which are freed. */
  readonly read: Readonly<Record<string, number>>;
  /** What was new in the last minute, and when something was new last. */
  readonly news: string | undefined;
  readonly lastNew: number;
  /** What the collector could not do. */
  readonly problem: string | undefined;
  /** Why the logs show too little, which ended the observation. */
  readonly trouble?: string;
  /** What `systemctl cat` printed, and by which version of systemd. */
  readonly text: string;
  readonly systemd: string;
}

/** What was collected up to that state. */
export interface Collected {
  readonly needs: Needs | undefined;
  readonly statuses: ReadonlyMap<string, PathStatus>;
}

/** Where an observation is kept. */
export const daysFolder = (unit: string): string => `${LEARN_FOLDER}/${plainName(unit)}.days`;

/** The transient unit of the collector. */
export const collectorOf = (unit: string): string => `unit-warden-learn-${plainName(unit)}`;

/** Reads the state of an observation; undefined where there is none. */
export async function readState(machine: Machine, unit: string): Promise<DaysState | undefined> {
  const text = await textAt(machine, `${daysFolder(unit)}/state.json`);
  // What an older version wrote names no logs.
  const state = text === undefined ? undefined : (JSON.parse(text) as DaysState);
  return state && { ...state, logs: state.logs ?? [] };
}

/** What was collected before. */
export async function readCollected(machine: Machine, unit: string): Promise<Collected> {
  const needs = await textAt(machine, `${daysFolder(unit)}/needs.json`);
  const statuses = readStatus((await textAt(machine, `${daysFolder(unit)}/stat.tsv`)) ?? "");
  const read = needsFromJson(needs ?? "");
  return { needs: "needs" in read ? read.needs : undefined, statuses };
}

/** Writes both; the state last, so that what it counts as read is there. */
export async function writeState(machine: Machine, state: DaysState, collected: Collected): Promise<void> {
  const folder = daysFolder(state.unit);
  const { needs, statuses } = collected;
  await machine.write(`${folder}/stat.tsv`, [...statuses].map(([path, it]) => statusLine(path, it)).join(""), 0o600);
  if (needs) await machine.write(`${folder}/needs.json`, needsToJson(needs), 0o600);
  await machine.write(`${folder}/state.json`, JSON.stringify(state), 0o600);
}
