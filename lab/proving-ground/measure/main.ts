import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { NO_BOX } from "../../../test/kit/box.ts";
import { endBoxesOnSignals } from "../box.ts";
import { removeLayer } from "../layer.ts";
import { run } from "../run.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { measure } from "./measureDaemon.ts";
import type { LeftOut, MeasuredRow } from "./measured.ts";

const { values: options } = parseArgs({
  options: {
    /** Packages or units, with commas between them; they are measured again. */
    only: { type: "string" },
    /** How many at a time. */
    jobs: { type: "string", default: "3" },
    /** Whether what was left out before is tried again. */
    retry: { type: "boolean", default: false },
    /** Where the units of packages are. */
    corpus: { type: "string", default: "../shared/corpus/units" },
  },
});

const MEASURED = "data/measured/daemons.json";
const LEFT_OUT = "data/measured/left-out.json";

if (NO_BOX !== undefined) {
  console.log(`skipped: ${NO_BOX}`);
  console.log("0 passed, 0 failed");
} else measureThem();

/** Goes on where an earlier run stopped: what stands in one of the two files is not measured again, unless it is named. */
async function measureThem(): Promise<void> {
  endBoxesOnSignals();
  await run(["apt-get", "update", "-qq"], { seconds: 300 });
  const measured = new Map(read<MeasuredRow>(MEASURED).map((it) => [keyOf(it), it]));
  const leftOut = new Map(read<LeftOut>(LEFT_OUT).map((it) => [keyOf(it), it]));
  const names = options.only?.split(",");
  const all = candidates(options.corpus);
  const queue = all.filter(({ daemon: { packages, unit } }) => {
    if (names) return names.includes(packages[0]) || names.includes(unit);
    const key = keyOf({ unit, package: packages[0] });
    return !measured.has(key) && (options.retry || !leftOut.has(key));
  });
  // Units of one package have one layer, which only one of them can use at a time.
  const groups = [...new Set(queue.map(layerOf))].map((it) => queue.filter((next) => layerOf(next) === it));
  let missing = 0;
  const work = async (): Promise<void> => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const next of group) {
        const found = await measure(next);
        const key = keyOf(found);
        measured.delete(key);
        leftOut.delete(key);
        if ("reason" in found) leftOut.set(key, found);
        else measured.set(key, found);
        write(MEASURED, measured);
        write(LEFT_OUT, leftOut);
        console.log(textOf(found));
        if (names && "reason" in found) missing++;
      }
      // Hundreds of them would fill a disk; those of the tables are used again.
      for (const { daemon, asked } of group) if (!asked) removeLayer(daemon);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(options.jobs) || 1) }, work));
  console.log(`measured: ${measured.size} daemons; left out: ${leftOut.size} of ${all.length}`);
  console.log(`${measured.size} passed, ${missing} failed`);
  if (missing > 0) process.exitCode = 1;
}

const layerOf = ({ daemon }: Candidate): string => daemon.packages.join(" ");

function read<Row>(path: string): readonly Row[] {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { readonly rows: Row[] }).rows : [];
}

/** A line for each, in one step, so that an interrupted run leaves whole files. */
function write(path: string, rows: ReadonlyMap<string, { readonly unit: string }>): void {
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  const units = [...new Set(sorted.map((it) => it.unit))];
  const lines = sorted.map((it) => JSON.stringify(it)).join(",\n");
  writeFileSync(`${path}.new`, `{ "units": ${JSON.stringify(units)},\n"rows": [\n${lines}\n] }\n`);
  renameSync(`${path}.new`, path);
}

function keyOf({ unit, package: name }: { readonly unit: string; readonly package: string }): string {
  return `${unit} ${name}`;
}

function textOf(found: MeasuredRow | LeftOut): string {
  const head = `${found.unit} (${found.package})`.padEnd(50);
  if ("reason" in found) return `${head} left out: ${found.reason}`;
  return `${head} ${found.exposure.join(" → ")}, ${found.settings.length} settings, asked: ${found.asked}`;
}
