import { type RunHost, UNKNOWN_HOST } from "../../learn/host.ts";
import type { LearnFrom } from "../../learn/learn.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { type LearntParts, learntAddition } from "../../learn/learntUnit.ts";
import { mergeNeeds, NO_NEEDS } from "../../learn/merge.ts";
import { joinLearnt, learnAgain, relearn } from "../../learn/relearn.ts";
import { withServiceLines } from "../../learn/withServiceLines.ts";
import { templateOf } from "../../units/index/target.ts";
import { LEARNT_SUFFIX } from "../../units/learntText.ts";
import { readAnew } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";
import { messageOf } from "../attempts.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { heldTo } from "./heldTo.ts";
import { toAdd } from "./installLearnt.ts";
import { type FromJournal, needsOfJournal } from "./journal.ts";
import { nothingDerived } from "./keepLearnt.ts";
import { addableTo, readLearntFiles, writeLearntFiles } from "./learntFiles.ts";
import { journalReport, learntReport } from "./learntReport.ts";
import { earlierIn, LEARNT_DROP_IN } from "./ownDropIn.ts";
import { elsewhereToProve, provenElsewhere } from "./provenElsewhere.ts";
import { type ReadBundle, readLearnBundle } from "./readBundle.ts";
import { observingScript, type ScriptRequest } from "./script.ts";
import { systemdOf } from "./service.ts";

/** What `learn --bundle` was asked for. */
export interface BundleRequest {
  /** Bundles, and files of what was learnt before. */
  readonly bundles: readonly string[];
  /** The unit as it is now, without what was learnt; that of the last bundle where no file is named. */
  readonly unit: Unit | undefined;
  /** Lines of the journal of the service. */
  readonly journal: string | undefined;
  readonly parts: LearntParts;
  /** Whether a script is wanted that proves what is derived, and how it exercises the service. */
  readonly script?: Omit<ScriptRequest, "unit" | "proof"> | undefined;
  /** Whether the runs count over what is known of such services. */
  readonly trustRun: boolean;
  /** Where the drop-in and what was learnt go; undefined to print it. */
  readonly folder: string | undefined;
  readonly colours: boolean;
  readonly width: number | undefined;
}

/** Derives settings from bundles of one service: what any of them needs is needed. */
export async function learnFromBundles(machine: Machine, request: BundleRequest): Promise<Ending> {
  const bundles: ReadBundle[] = [];
  const files: Learnt[] = [];
  let before: string | undefined;
  for (const path of request.bundles) {
    const file = await learntAt(machine, path);
    const bundle = file ? undefined : await readLearnBundle(machine, path);
    const of = file?.unit ?? bundle?.head.unit ?? "";
    if (before !== undefined && before !== of) throw new Error(`${path} is of ${of}, the one before it of ${before}`);
    before = of;
    if (file) files.push(file);
    if (bundle) bundles.push(bundle);
  }
  const trouble = bundles.find((it) => !it.head.under && it.trouble !== undefined)?.trouble;
  if (trouble !== undefined) return nothingDerived(before ?? "", { message: trouble }, request.width);
  const named = request.unit ?? bundles.at(-1)?.unit;
  if (!named) throw new Error("name the file of the unit too: what was learnt holds no commands");
  const name = named.path.name ?? before ?? "";
  const unit = asInstance(named, before);
  if (request.folder !== undefined && !request.bundles.includes(`${request.folder}/${name}${LEARNT_SUFFIX}`)) {
    const earlier = await earlierIn(machine, request.folder, name);
    if (earlier) machine.say(`what ${name}${LEARNT_SUFFIX} in ${request.folder} holds is kept and added to`);
    if (earlier) files.unshift(earlier);
  }
  const ways = { say: machine.say, trustRun: request.trustRun };
  const shown = learntFromBundles(
    bundles.filter((it) => it.trouble === undefined),
    unit,
    files,
    ways,
  );
  const unproven = bundles.flatMap(({ trouble }) => (trouble === undefined ? [] : `nothing is proven: ${trouble}`));
  const { learnt, journal } = withJournal(shown, request.journal, unit, hostOfBundles(bundles), request.parts);
  if (request.script) {
    const text = observingScript({ ...request.script, unit: name, proof: elsewhereToProve(learnt, unit) });
    return ending([{ text, as: "exact" }], [], false);
  }
  const verify = bundles.some((it) => it.head.under);
  const added = toAdd(learnt, unit, { verify, parts: request.parts });
  const { dropIn } = added;
  const isWritten = request.folder !== undefined && dropIn !== "";
  if (isWritten) {
    await writeLearntFiles(machine, `${request.folder}/${name}${LEARNT_SUFFIX}`, learnt);
    await machine.write(`${request.folder}/${LEARNT_DROP_IN}`, dropIn);
    machine.say(`written to ${request.folder}`);
  }
  const report = learntReport(learnt, unit, { ...request, added, verify, isWritten });
  return ending([...journalReport(journal, request.width), ...report], unproven, !isWritten && dropIn !== "");
}

/** A template as the instance that was observed, which shows where its name is in paths; other units as they are. */
function asInstance(unit: Unit, observed: string | undefined): Unit {
  if (observed === undefined || observed === unit.path.name || templateOf(observed) !== unit.path.name) return unit;
  return readAnew(unit, { path: { ...unit.path, name: observed } });
}

/** What was learnt before, where a file holds that; undefined where it is another file. */
async function learntAt(machine: Machine, path: string): Promise<Learnt | undefined> {
  const bytes = await machine.read(path, 0, 64).catch((error: unknown) => {
    const why = messageOf(error);
    throw new Error(why.startsWith(path) ? why : `${path}: ${why}`);
  });
  const start = Buffer.from(bytes ?? []).toString("latin1");
  if (!path.endsWith(LEARNT_SUFFIX) && !start.trimStart().startsWith("{")) return undefined;
  const files = await readLearntFiles(machine, path);
  if (files === undefined) throw new Error(`${path}: there is no such file`);
  const read = addableTo(files, path);
  if ("problem" in read) throw new Error(`${path}: ${read.problem}`);
  return read.learnt;
}

/** What bundles of one service, and files of what was learnt before, say about its unit; those of runs under settings, whether these hold. */
export function learntFromBundles(
  all: readonly ReadBundle[],
  unit: Unit,
  files: readonly Learnt[] = [],
  { say = () => undefined, trustRun = false }: { readonly say?: Machine["say"]; readonly trustRun?: boolean } = {},
): Learnt {
  const bundles = all.filter((it) => !it.head.under);
  if (all.length > bundles.length && bundles.length + files.length === 0)
    throw new Error("name what was learnt before too: a run under settings only shows whether they hold");
  const needs = bundles.map((it) => it.needs).reduce(mergeNeeds, NO_NEEDS);
  // What was learnt with a bundle has its run already.
  const known = [...files, ...bundles.flatMap((it) => it.learnt ?? [])];
  const runs = bundles
    .filter((it) => !it.learnt)
    .map((it) => ({
      calls: it.needs.calls,
      seconds: it.needs.seconds,
      exercised: it.head.exercised,
    }));
  const from: LearnFrom = {
    ...{ host: hostOfBundles(bundles), runs },
    ...heldTo(unit, trustRun),
    ...systemdOf(bundles.at(-1)?.head.systemd),
  };
  const [first, ...others] = known;
  const learnt = learnAgain(first && others.reduce(joinLearnt, first), needs, unit, from);
  return all.filter((it) => it.head.under).reduce((proven, it) => provenElsewhere(proven, it, say), learnt);
}

/** The same with what a journal shows was denied under it. */
function withJournal(
  learnt: Learnt,
  journal: string | undefined,
  unit: Unit,
  host: RunHost,
  parts: LearntParts,
): { readonly learnt: Learnt; readonly journal: FromJournal | undefined } {
  if (journal === undefined) return { learnt, journal: undefined };
  const asItRan = withServiceLines(unit, learntAddition(unit, learnt.settings, parts).lines);
  const found = needsOfJournal(journal, asItRan, learnt.needs);
  return { learnt: relearn(learnt, found.needs, unit, { host, runs: [], ...heldTo(unit, false) }), journal: found };
}

/** What the first bundle that knows a path says of it counts. */
function hostOfBundles(bundles: readonly ReadBundle[]): RunHost {
  const hosts = bundles.map((it) => it.host);
  if (hosts.length === 0) return UNKNOWN_HOST;
  return {
    users: [...new Set(hosts.flatMap((it) => it.users))],
    ...(hosts.every((it) => it.groups) && { groups: [...new Set(hosts.flatMap((it) => it.groups ?? []))] }),
    statuses: new Map(hosts.toReversed().flatMap((it) => [...it.statuses])),
  };
}
