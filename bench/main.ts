import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { commandLine } from "./commandLine.ts";
import { completion } from "./completion.ts";
import { servicesOf } from "./corpus.ts";
import { cycles } from "./cycles.ts";
import { fleet, fleetUnits } from "./fleet.ts";
import { hover } from "./hover.ts";
import { index } from "./index.ts";
import { longValues } from "./longValues.ts";
import { manual } from "./manual.ts";
import { scaling } from "./scaling.ts";
import { typing } from "./typing.ts";

const { values } = parseArgs({
  options: {
    /** Where the bundles are. */
    dist: { type: "string", default: "dist" },
    corpus: { type: "string", default: "../shared/corpus" },
    /** How many files a call gets; systemd-analyze needs time square in it, so that few are fair. */
    batch: { type: "string", default: "200" },
    /** Only what many services cost, of as many as a large fleet has. */
    fleet: { type: "boolean", default: false },
  },
});

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

/** How many services the figures of a fleet are about. */
const LARGE_FLEET = 20_000;
const SMALL_FLEET = 2000;

/** Prints each figure as soon as it is there. */
async function main(): Promise<void> {
  const services = servicesOf(values.corpus);
  const built = existsSync(`${values.dist}/cli.js`) && existsSync(`${values.dist}/server.js`);
  if (!services) print(`security, parse + assess: skipped, there is no corpus in ${values.corpus}`);
  if (!built) print(`security, typing, completion, hover: skipped, nothing is built in ${values.dist} (npm run build)`);
  const folder = mkdtempSync(`${tmpdir()}/unit-warden-bench-`);
  const units = (services ?? []).map((it) => it.path);
  try {
    if (built)
      print(fleet(values.dist, `${folder}/fleet`, fleetUnits(units), values.fleet ? LARGE_FLEET : SMALL_FLEET));
    if (values.fleet) return;
    if (built) {
      print(await typing(values.dist, folder));
      print(await completion(values.dist, folder));
      print(await hover(values.dist, folder));
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

void main();
