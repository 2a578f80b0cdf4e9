import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { commandLine } from "./commandLine.ts";
import { completion } from "./completion.ts";
import { servicesOf } from "./corpus.ts";
import { cycles } from "./cycles.ts";
import { type Figure, figureLine } from "./figure.ts";
import { firstRequests } from "./firstRequests.ts";
import { fleet, fleetUnits } from "./fleet.ts";
import { hover } from "./hover.ts";
import { index } from "./index.ts";
import { longValues } from "./longValues.ts";
import { manual } from "./manual.ts";
import { memory } from "./memory.ts";
import { bundleEmptyServer } from "./pair.ts";
import { performancePage } from "./performancePage.ts";
import { quadlets } from "./quadlets.ts";
import { scaling } from "./scaling.ts";
import { startUp } from "./startUp.ts";
import { typing, typingInModule } from "./typing.ts";

const { values } = parseArgs({
  options: {
    /** Where the bundles are. */
    dist: { type: "string", default: "dist" },
    corpus: { type: "string", default: "../shared/corpus" },
    /** How many files a call gets; systemd-analyze needs time square in it, so that few are fair. */
    batch: { type: "string", default: "200" },
    /** Whether only what the page has is measured. */
    page: { type: "boolean", default: false },
    /** Only what many services cost. */
    fleet: { type: "boolean", default: false },
  },
});

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

const PAGE = "docs/performance.md";
const ROUNDS = 21;

/** Prints each figure as soon as it is there; those with a target make the page of the documentation. */
async function main(): Promise<void> {
  const services = servicesOf(values.corpus);
  const built = existsSync(`${values.dist}/cli.js`) && existsSync(`${values.dist}/server.js`);
  if (!services) print(`security, parse + assess: skipped, there is no corpus in ${values.corpus}`);
  if (!built) print(`security, typing, completion, hover: skipped, nothing is built in ${values.dist} (npm run build)`);
  const folder = mkdtempSync(`${tmpdir()}/unit-warden-bench-`);
  const units = (services ?? []).map((it) => it.path);
  try {
    const ofFleet = built ? fleet(values.dist, `${folder}/fleet`, fleetUnits(units)) : [];
    for (const it of ofFleet) print(figureLine(it));
    if (values.fleet) return;
    if (built) {
      const empty = await bundleEmptyServer(folder);
      await writePage(ofFleet, empty, `${folder}/cache`);
      if (values.page) return;
      print(await completion(values.dist, empty));
      print(await hover(values.dist, empty));
    }
    print(await index(`${folder}/units`));
  } finally {
    rmSync(folder, { recursive: true });
  }
  print(cycles());
  print(manual(values.dist));
  print(longValues());
  if (services) print(scaling(units));
  if (services && built) print(commandLine(services, Number(values.batch), values.dist));
}

async function writePage(ofFleet: readonly Figure[], empty: string, cache: string): Promise<void> {
  const { dist } = values;
  const figures: Figure[] = [];
  const take = (more: readonly Figure[]): void => {
    figures.push(...more);
    for (const it of more) print(figureLine(it));
  };
  mkdirSync(cache, { mode: 0o700 });
  take(await startUp({ dist, empty, cache, rounds: ROUNDS }));
  take(await firstRequests(dist, empty));
  take([await typing(dist, empty), await typingInModule(dist, empty)]);
  take(await quadlets(dist, empty));
  take(await memory(dist, empty));
  writeFileSync(PAGE, performancePage([...figures, ...ofFleet], new Date()));
}

void main();
