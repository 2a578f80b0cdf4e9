import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { NO_BOX } from "../../test/kit/box.ts";
import { endBoxesOnSignals } from "./box.ts";
import type { Daemon } from "./daemon.ts";
import { DAEMONS } from "./daemons.ts";
import { examine, type Report } from "./examine.ts";
import { besideExperts, isOfExperts } from "./experts.ts";
import { proveLearning } from "./learn/proveLearning.ts";
import { OUTSIDE } from "./outside.ts";
import { writePool } from "./random/pool.ts";
import { proveRandom } from "./random/proveRandom.ts";
import { pageOf, tally, textOf } from "./report.ts";
import { run } from "./run.ts";

const { values: options } = parseArgs({
  options: {
    /** Packages or units, with commas between them. */
    only: { type: "string" },
    /** The few daemons that are quick to install. */
    ci: { type: "boolean", default: false },
    /** Daemons that are not in the list, as a check of what was learned from it. */
    outside: { type: "boolean", default: false },
    /** Those of all lists for which experts publish settings. */
    experts: { type: "boolean", default: false },
    /** How many at a time. */
    jobs: { type: "string", default: "3" },
    /** Whether to look for the setting that breaks a daemon. */
    bisect: { type: "boolean", default: true },
    /** Whether daemons are learnt instead of hardened. */
    learn: { type: "boolean", default: false },
    /** Of learnt daemons: whether they are asked for what learning did not see. */
    unseen: { type: "boolean", default: false },
    /** A seed: daemons are drawn by it from the packages of Debian instead of taken from the list. */
    random: { type: "string" },
    /** Of drawn daemons: how many that work as shipped. */
    count: { type: "string", default: "40" },
    /** Of drawn daemons: whether what broke before is tried again. */
    again: { type: "boolean", default: false },
    /** Of drawn daemons: whether the profiles are tried again on what was tried before. */
    profiles: { type: "boolean", default: false },
    /** Whether the packages that are drawn from are listed again. */
    pool: { type: "boolean", default: false },
    /** Whether it is measured what learning costs. */
    cost: { type: "boolean", default: false },
    /** A file for all that was seen, as JSON. */
    out: { type: "string" },
    /** Such a file of an earlier run, which counts for the daemons that are not asked for now. */
    from: { type: "string" },
  },
  allowNegative: true,
});

const all = options.outside ? OUTSIDE : DAEMONS;
const list = options.experts ? [...DAEMONS, ...OUTSIDE].filter(({ unit }) => isOfExperts(unit)) : all;
const names = options.only?.split(",");
const wanted = list.filter(
  ({ packages, unit, ci }) => (!options.ci || ci) && (!names || names.includes(packages[0]) || names.includes(unit)),
);
const earlier: readonly Report[] =
  options.from === undefined || options.learn ? [] : (JSON.parse(readFileSync(options.from, "utf8")) as Report[]);

if (NO_BOX !== undefined) {
  console.log(`skipped: ${NO_BOX}`);
  console.log("0 passed, 0 failed");
} else if (options.pool) listPool();
else if (options.random !== undefined) drawThem(options.random);
else if (options.learn) learnThem();
else prove();

async function listPool(): Promise<void> {
  console.log(`${await writePool()} packages`);
}

async function drawThem(seed: string): Promise<void> {
  const { count, jobs, again, profiles } = options;
  await proveRandom({
    seed,
    count: Number(count),
    jobs: Number(jobs) || 1,
    only: names,
    again,
    profiles,
    system: await system(),
  });
}

async function learnThem(): Promise<void> {
  const isWhole = wanted.length === DAEMONS.length && list === DAEMONS;
  await proveLearning(wanted, {
    ...options,
    jobs: Number(options.jobs) || 1,
    out: options.out,
    from: options.from,
    page: isWhole ? "reports/learnt-daemons.md" : undefined,
    system: await system(),
  });
}

async function prove(): Promise<void> {
  endBoxesOnSignals();
  await run(["apt-get", "update", "-qq"], { seconds: 300 });
  const reports: Report[] = [];
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let daemon = queue.shift(); daemon; daemon = queue.shift()) {
      const report = await examine(daemon, options.bisect);
      reports.push(report);
      console.log(textOf(report));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(options.jobs) || 1) }, work));
  const sorted = list.flatMap((daemon) => reports.find((it) => it.daemon === daemon) ?? before(daemon) ?? []);
  if (options.out !== undefined) writeFileSync(options.out, JSON.stringify(sorted, undefined, 1));
  const { tried, shipped, kept, confined, medians } = tally(sorted);
  const beside = besideExperts(sorted);
  if (list === DAEMONS && sorted.length === DAEMONS.length)
    writeFileSync("docs/proving-ground.md", pageOf(sorted, await system(), beside));
  console.log(
    `as shipped: ${shipped} of ${tried} work; basic keeps ${kept.basic}, strict ${kept.strict}, isolated ${kept.isolated}, and ${confined.kept} of ${confined.tried} work in an empty root`,
  );
  console.log(`median exposure: ${medians.join(" → ")}`);
  if (beside !== undefined) console.log(beside);
  // Every daemon must work as shipped and with the basic profile; of the strict profile, two thirds have to stay.
  const enough = kept.strict * 3 >= shipped * 2;
  const failed = tried - kept.basic + (enough ? 0 : 1);
  console.log(`${kept.basic + (enough ? 1 : 0)} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

/** What an earlier run saw of a daemon. */
function before({ unit }: Daemon): Report | undefined {
  return earlier.find((it) => it.daemon.unit === unit);
}

async function system(): Promise<string> {
  const { output } = await run(["systemd-analyze", "--version"]);
  return output.split(" (")[0] ?? "systemd";
}
