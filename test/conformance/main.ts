import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { directive, typeIn } from "../../server/src/catalog/catalog.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";
import { services, synthetic } from "./security.ts";
import type { Suite } from "./suite.ts";
import { syntax } from "./syntax.ts";
import { values } from "./values.ts";

const { values: options } = parseArgs({
  options: { corpus: { type: "string", default: "../shared/corpus" }, verbose: { type: "boolean", default: false } },
});
const { corpus, verbose } = options;

/** How many cases of a suite must agree at least; all where it is not named. */
const FLOOR: Readonly<Record<string, number>> = { syntax: 210 };

const SUITES: readonly Suite[] = [
  syntax,
  values((section, key, version) => {
    const known = directive(section, key);
    return known && valueType(typeIn(known, version));
  }),
  services,
  synthetic,
];

if (!existsSync(corpus)) {
  console.log(`skipped: there is no corpus in ${corpus} (name one with --corpus DIR)`);
} else {
  let passed = 0;
  let failed = 0;
  for (const suite of SUITES) {
    for (const version of [257, 262] as const) {
      const { agree, total, differences } = suite.run(corpus, version);
      console.log(`${suite.name} ${version}: ${agree}/${total}`);
      for (const it of differences) console.log(`    ${verbose ? it : it.split("\n")[0]}`);
      if (total > 0 && agree >= (FLOOR[suite.name] ?? total)) passed++;
      else failed++;
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
