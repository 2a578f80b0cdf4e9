import type { RunHost } from "../../learn/host.ts";
import { learn } from "../../learn/learn.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { LEARNT_SUFFIX, writeLearnt } from "../../learn/learntFile.ts";
import { type LearntParts, learntAddition } from "../../learn/learntUnit.ts";
import { mergeNeeds } from "../../learn/merge.ts";
import type { Unit } from "../../units/unit.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { type ReadBundle, readLearnBundle } from "./readBundle.ts";
import { learntReport } from "./report.ts";

/** What `learn --bundle` was asked for. */
export interface BundleRequest {
  readonly bundles: readonly string[];
  /** The unit as it is now; that of the last bundle where no file is named. */
  readonly unit: Unit | undefined;
  readonly parts: LearntParts;
  /** Where the drop-in and what was learnt go; undefined to print it. */
  readonly folder: string | undefined;
  readonly colours: boolean;
}

/** Derives settings from bundles of one service: what any of them needs is needed. */
export async function learnFromBundles(machine: Machine, request: BundleRequest): Promise<Ending> {
  const read: ReadBundle[] = [];
  for (const path of request.bundles) {
    const bundle = await readLearnBundle(machine, path);
    const other = read.find((it) => it.head.unit !== bundle.head.unit);
    if (other) throw new Error(`${path} is of ${bundle.head.unit}, the one before it of ${other.head.unit}`);
    read.push(bundle);
  }
  const last = read.at(-1);
  if (!last) throw new Error("there is no bundle");
  const unit = request.unit ?? last.unit;
  const learnt = learntFromBundles(read, unit);
  const { dropIn } = learntAddition(unit, learnt.settings, request.parts);
  const isWritten = request.folder !== undefined && dropIn !== "";
  if (isWritten) {
    const name = unit.path.name ?? last.head.unit;
    await machine.write(`${request.folder}/${name}${LEARNT_SUFFIX}`, writeLearnt(learnt));
    await machine.write(`${request.folder}/50-unit-warden-learnt.conf`, dropIn);
    machine.say(`written to ${request.folder}`);
  }
  const report = learntReport(learnt, unit, { parts: request.parts, colours: request.colours, isWritten });
  return ending(report, [], !isWritten && dropIn !== "");
}

/** What bundles of one service, one at least, say about its unit. */
export function learntFromBundles(read: readonly ReadBundle[], unit: Unit): Learnt {
  const needs = read.map((it) => it.needs).reduce(mergeNeeds);
  const runs = read.map((it) => ({ calls: it.needs.calls, seconds: it.needs.seconds, exercised: it.head.exercised }));
  const systemd = Number.parseInt(read.at(-1)?.head.systemd ?? "", 10);
  return learn(needs, unit, { host: merged(read.map((it) => it.host)), runs, ...(systemd > 0 && { systemd }) });
}

/** What the first bundle that knows a path says of it counts. */
function merged(hosts: readonly RunHost[]): RunHost {
  return {
    users: [...new Set(hosts.flatMap((it) => it.users))],
    ...(hosts.every((it) => it.groups) && { groups: [...new Set(hosts.flatMap((it) => it.groups ?? []))] }),
    statuses: new Map(hosts.toReversed().flatMap((it) => [...it.statuses])),
  };
}
