import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { configSuites } from "./configs.ts";
import { configTables } from "./configTables.ts";
import { extracts } from "./extracts.ts";
import { corpusFindings } from "./findings.ts";
import { format } from "./format.ts";
import { hardening } from "./harden.ts";
import { manual } from "./manual.ts";
import { matrix } from "./matrix.ts";
import { mistakes } from "./mistakes.ts";
import { quadletFindings } from "./quadletFindings.ts";
import { quadletMatrix, quadlets } from "./quadlets.ts";
import { services, synthetic } from "./security.ts";
import type { Suite } from "./suite.ts";
import { syntax } from "./syntax.ts";
import { synth, verify } from "./verify.ts";

const { values: options } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    verbose: { type: "boolean", default: false },
    only: { type: "string" },
    systemd: { type: "string" },
  },
});
const { corpus, verbose, only, systemd } = options;

/** How many cases of a suite must agree at least; all where it is not named. */
const FLOOR: Readonly<Record<string, number>> = { "manual rows": 2540 };

const SUITES: readonly Suite[] = [
  syntax,
  matrix,
  verify,
  synth,
  services,
  synthetic,
  ...manual,
  ...hardening,
  format,
  corpusFindings,
  extracts,
  quadlets,
  quadletMatrix,
  quadletFindings,
  configTables,
  ...configSuites,
  ...mistakes,
];

async function main(): Promise<void> {
  if (!existsSync(corpus)) {
    console.log(`skipped: there is no corpus in ${corpus} (name one with --corpus DIR)`);
    return;
  }
  let passed = 0;
  let failed = 0;
  for (const suite of SUITES.filter(({ name }) => only === undefined || name === only || name.startsWith(`${only} `))) {
    const versions = suite.versions ?? [257, 262];
    for (const version of versions.filter((it) => systemd === undefined || it === Number(systemd))) {
      const { agree, total, summary, details = [], differences } = await suite.run(corpus, version);
      console.log(`${suite.name} ${version}: ${summary ?? `${agree}/${total}`}`);
      for (const it of details) console.log(`    ${it}`);
      for (const it of differences) console.log(`    ${verbose ? it : it.split("\n")[0]}`);
      if (summary?.startsWith("skipped")) continue;
      if (total > 0 && agree >= (FLOOR[suite.name] ?? total)) passed++;
      else failed++;
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

void main();
