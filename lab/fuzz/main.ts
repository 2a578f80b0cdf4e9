import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { built } from "../../test/kit/built.ts";
import { keep, readFound } from "./found.ts";
import type { FuzzTarget } from "./target.ts";
import { TARGETS, targetOf } from "./targets.ts";
import { Watchdog } from "./watchdog.ts";

const { values: options } = parseArgs({
  options: {
    /** How long all targets take together. */
    minutes: { type: "string", default: "1" },
    /** Where chance begins; any number where it is missing. */
    seed: { type: "string", default: String(randomInt(1_000_000_000)) },
    /** The targets, with commas between them. */
    only: { type: "string" },
    /** A kept file to try again. */
    replay: { type: "string" },
  },
});

async function main(): Promise<void> {
  await built();
  const broken = options.replay === undefined ? await search() : await replay(options.replay);
  if (broken > 0) process.exitCode = 1;
}

const watchdog = new Watchdog();

async function search(): Promise<number> {
  const targets = options.only === undefined ? TARGETS : options.only.split(",").map(targetOf);
  const seed = Number(options.seed);
  console.log(`seed ${seed}`);
  const failed: string[] = [];
  const passed: string[] = [];
  for (const target of targets) {
    const missing = target.missing?.();
    if (missing !== undefined) console.log(`${target.name}: skipped: ${missing}`);
    else
      ((await holds(target, seed, (Number(options.minutes) * 60) / targets.length)) ? passed : failed).push(
        target.name,
      );
  }
  console.log(`${passed.length} passed, ${failed.length} failed`);
  return failed.length;
}

async function holds(target: FuzzTarget, seed: number, seconds: number): Promise<boolean> {
  const { runs, found } = await target.search(seed, seconds, watchdog.watch).finally(() => target.end?.());
  console.log(`${target.name}: ${runs} runs${found ? `, broken with seed ${found.seed}` : ""}`);
  if (!found) return true;
  const file = keep(found);
  console.log(`  ${found.message.replaceAll("\n", "\n  ")}`);
  console.log(`  ${JSON.stringify(found.input)}`);
  console.log(`  again: npm run fuzz -- --replay ${file}`);
  console.log(`  from the seed: npm run fuzz -- --only ${target.name} --seed ${found.seed}`);
  return false;
}

async function replay(file: string): Promise<number> {
  const { target: name, input, seed } = readFound(file);
  const target = targetOf(name);
  watchdog.watch({ target: name, input, seed });
  try {
    await target.replay(input);
    console.log("1 passed, 0 failed");
    return 0;
  } catch (error) {
    console.log(error);
    console.log("0 passed, 1 failed");
    return 1;
  } finally {
    watchdog.watch();
    await target.end?.();
  }
}

void main();
