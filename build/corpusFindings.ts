import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { FINDINGS_PAGE, findingsPage } from "../lab/conformance/findings.ts";

const { values } = parseArgs({
  options: { corpus: { type: "string", default: "../shared/corpus" }, check: { type: "boolean", default: false } },
});

/** Rewrites reports/corpus-findings.md; with --check only says whether it is as the rules and the corpus say. */
function main(): number {
  const text = findingsPage(values.corpus);
  const old = existsSync(FINDINGS_PAGE) ? readFileSync(FINDINGS_PAGE, "utf8") : "";
  if (text === old) return 0;
  if (!values.check) writeFileSync(FINDINGS_PAGE, text);
  else process.stderr.write(`${FINDINGS_PAGE} is not as the rules say: npm run corpus-findings writes it\n`);
  return values.check ? 1 : 0;
}

process.exitCode = main();
