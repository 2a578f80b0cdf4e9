import { spawnSync } from "node:child_process";
import { Refusal, SOURCES } from "./new/plan.ts";
import { planOf, USAGE } from "./new/scaffolds.ts";
import { write } from "./new/write.ts";

/** Writes the files of something new and says which places to visit; what is there is never overwritten. */
function main(): number {
  try {
    const plan = planOf(process.argv.slice(2), SOURCES);
    const touched = write(plan, ".");
    spawnSync("npx", ["biome", "check", "--write", ...touched], { stdio: "ignore" });
    process.stdout.write(`${touched.map((it) => `${plan.files.has(it) ? "written" : "changed"}: ${it}\n`).join("")}\n`);
    plan.visits.forEach(({ place, todo, toldBy }, i) => {
      process.stdout.write(`${i + 1}. ${place}\n   ${todo}\n   forgotten: ${toldBy}\n`);
    });
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 1;
  }
}

process.exitCode = main();
