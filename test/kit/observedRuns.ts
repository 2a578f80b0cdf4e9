import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { PathStatus } from "../../server/src/learn/bundle.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { readStatusJson } from "../../server/src/learn/readBundle.ts";
import { readNeeds } from "../../server/src/learn/readNeeds.ts";

const FOLDER = "test/learn/logs";

/** What an independent reader of the same logs found. */
export interface ObservedFacts {
  readonly user: number;
  readonly group: number;
  readonly calls: number;
  readonly syscalls: Readonly<Record<string, number>>;
  readonly capabilities: readonly string[];
  readonly families: Readonly<Record<string, number>>;
  readonly writableExecutable: number;
  readonly peerCredentials: number;
  /** As they were named when they were run. */
  readonly programs: readonly string[];
  readonly written: readonly { readonly below: string; readonly paths: number; readonly named: readonly string[] }[];
  /** Files of /proc besides those of processes, the first few. */
  readonly proc: readonly string[];
  /** Name of the call, its error and an option, with how often. */
  readonly failures: readonly (readonly [string, number])[];
}

/** The order in which systemd starts the commands of a service. */
const ORDER = ["ExecStartPre", "ExecStart", "ExecReload", "ExecStop", "ExecStopPost"];

/** The daemons whose runs are kept. */
export const OBSERVED: readonly string[] = readdirSync(FOLDER).sort();

/** A file of an observed run, unpacked. */
export function observedFile(unit: string, name: string): Buffer {
  const bytes = readFileSync(`${FOLDER}/${unit}/${name}`);
  return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** The logs of a run in the order of their commands: name and bytes. */
export function observedLogs(unit: string): readonly (readonly [string, Buffer])[] {
  const place = (name: string): number => ORDER.indexOf(name.replace(/-\d+$/, ""));
  return readdirSync(`${FOLDER}/${unit}`)
    .filter((name) => name.endsWith(".strace.gz"))
    .map((name): readonly [string, Buffer] => [name.replace(".strace.gz", ""), observedFile(unit, name)])
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

export const observedFacts = (unit: string): ObservedFacts => JSON.parse(observedFile(unit, "facts.json").toString());

export const observedStatus = (unit: string): ReadonlyMap<string, PathStatus> =>
  readStatusJson(observedFile(unit, "meta.json.gz").toString());

/** What a kept run shows. */
export function observedNeeds(unit: string): Needs {
  const status = observedStatus(unit);
  const { user, group } = observedFacts(unit);
  return readNeeds(observedLogs(unit).map(([log, bytes]) => ({ log, status, user, group, chunks: [bytes] })));
}
