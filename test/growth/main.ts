import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { openedUnit, unitWork } from "../kit/unitWork.ts";
import { printCommandCosts } from "./commandCosts.ts";
import { HOST_KINDS_GROWN, UNIT_KINDS_GROWN } from "./kinds.ts";
import { symbolsOfNewFiles } from "./newFiles.ts";
import { commandWork, hostedWork, languageOf } from "./work.ts";

const [FEW, TIMES] = [10_000, 10];
/** What takes fewer milliseconds is measured by chance. */
const LEAST = 5;
/** A kind at this length shows what a megabyte of it takes. */
const MEGABYTE = 1_000_000;
const KINDS = { ...UNIT_KINDS_GROWN, ...HOST_KINDS_GROWN };

/** What is measured of a workspace instead of a file, in a server of its own. */
const NEW_FILES = "new files";

/** What one kind costs, measured in a process of its own. */
interface Cost {
  /** By request the time for ten times the text in milliseconds, that divided by the one for the text, and the peak of memory until then, in megabytes. */
  readonly requests: readonly (readonly [what: string, time: number, ratio: number, peak: number])[];
  /** What each command takes for a megabyte, in seconds of the processor, and the peak of memory until then. */
  readonly megabyte: readonly (readonly [what: string, seconds: number, peak: number])[];
}

function printTable(only: string | undefined): void {
  const names = Object.keys(KINDS).filter((it) => only === undefined || it === only);
  for (const name of names) {
    const argv = ["--import=tsx", import.meta.filename, "--kind", name];
    const { stdout, stderr, status } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    const { requests, megabyte } = JSON.parse(stdout) as Cost;
    const head = `| request | ${(FEW * TIMES) / 1000} kB, ms | times that of ${FEW / 1000} kB | peak, MB |`;
    console.log(`## ${name}\n\n${head}\n| --- | --- | --- | --- |`);
    for (const [what, time, ratio, most] of requests)
      console.log(`| ${what} | ${time.toFixed(0)} | ${time < LEAST ? "" : ratio.toFixed(1)} | ${most} |`);
    for (const [what, seconds, peak] of megabyte)
      console.log(`| unit-warden ${what} of 1 MB: ${seconds.toFixed(1)} s | | | ${peak} |`);
    console.log("");
  }
}

function measured(name: string): Cost {
  const { path, make } = KINDS[name] ?? fail(name);
  const isHosted = Object.hasOwn(HOST_KINDS_GROWN, name);
  const requests = isHosted ? hostedWork : unitWork;
  const [few, many] = [make(FEW), make(FEW * TIMES)];
  const peaks = new Map<string, number>();
  const costs = (text: string): Map<string, number> => {
    const all = new Map<string, number>();
    const note = (what: string, run: () => unknown): void => {
      all.set(what, timed(run));
      peaks.set(what, peakNow());
    };
    for (const [what, run] of requests(path, text)) note(what, run);
    for (const [what, run] of commandWork(path, text)) note(`unit-warden ${what}`, run);
    return all;
  };
  if (isHosted) languageOf(path).units(few);
  else openedUnit(path, few);
  // What is run for the first time is compiled meanwhile.
  costs(few);
  const [small, large] = [leastOf([costs(few), costs(few), costs(few)]), leastOf([costs(many), costs(many)])];
  const rows = [...large].map(
    ([what, it]) => [what, it / 1000, it / (small.get(what) ?? it), peaks.get(what) ?? 0] as const,
  );
  const megabyte = [...commandWork(path, make(MEGABYTE))].map(([what, run]) => {
    // Other work on the machine makes it longer.
    const seconds = Math.min(timed(run), timed(run)) / 1e6;
    return [what, seconds, peakNow()] as const;
  });
  return { requests: rows, megabyte };
}

function fail(name: string): never {
  throw new Error(`there is no kind ${name}`);
}

function leastOf(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  for (const costs of all) for (const [what, it] of costs) least.set(what, Math.min(it, least.get(what) ?? it));
  return least;
}

/** The peak of the memory of this process, in megabytes. */
function peakNow(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** The processor time of some work in microseconds. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return Math.max(1, user + system);
}

const { values } = parseArgs({
  options: { kind: { type: "string" }, only: { type: "string" }, commands: { type: "boolean" } },
});
async function main(): Promise<void> {
  const { only, kind, commands } = values;
  if (commands) return printCommandCosts(only);
  if (kind !== undefined) {
    process.stdout.write(JSON.stringify(measured(kind)));
    return;
  }
  if (only !== NEW_FILES) printTable(only);
  if (only !== undefined && only !== NEW_FILES) return;
  const { seconds, ofProcessor } = await symbolsOfNewFiles();
  console.log(
    `## ${NEW_FILES}\n\nsymbols have all of 5,000 after ${seconds.toFixed(1)} s, ${ofProcessor.toFixed(1)} s of the processor\n`,
  );
}

void main();
