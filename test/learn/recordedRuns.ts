import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { RunHost } from "../../server/src/learn/host.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { unitTexts } from "../../server/src/learn/readBundle.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { observedFile, observedNeeds, observedStatus } from "../kit/observedRuns.ts";

/** The accounts of the machine on which the runs were observed, as far as they matter. */
const USERS = [
  "root:0:0",
  "www-data:33:33",
  "postgres:101:104",
  "memcache:106:109",
  "unbound:112:115",
  "redis:114:117",
  "radicale:117:120",
];

/** A unit with what a run of it showed. */
export interface RecordedRun {
  readonly unit: Unit;
  readonly host: RunHost;
  readonly needs: Needs;
  /** The lines that a first experiment derived from the same logs. */
  readonly experiment: readonly string[];
}

/** Reads a recorded run. */
export function recordedRun(name: string): RecordedRun {
  const path = unitPath(`/usr/lib/systemd/system/${name}.service`);
  if (!path) throw new Error(name);
  const [main, ...dropIns] = unitTexts(observedFile(name, "unit.txt").toString()).map((it) => it.text);
  return {
    unit: readUnit(path, main ?? "", 257, { dropIns }),
    host: { users: USERS, groups: ["ssl-cert:103:postgres"], statuses: observedStatus(name) },
    needs: observedNeeds(name),
    experiment: observedFile(name, "experiment.txt").toString().trim().split("\n"),
  };
}
