import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "../server/src/syntax/parse.ts";
import { splitWords } from "../server/src/syntax/words.ts";
import { unitPath } from "../server/src/units/unitPath.ts";
import { directiveCounts, packagedFiles } from "./countDirectives.ts";

const { values } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    /** The directives whose values to count; data/common-values.json is chosen from this. */
    directive: { type: "string", multiple: true, default: [] },
    /** Counts whole values, and not their words. */
    whole: { type: "boolean", default: false },
    /** Counts directives, and writes data/packages-by-directive.json. */
    directives: { type: "boolean", default: false },
    /** With --directives: only says whether the file is as the corpus says. */
    check: { type: "boolean", default: false },
  },
});
const COUNTS = "data/packages-by-directive.json";

function main(): number {
  if (!values.directives) return showValues();
  const text = directiveCounts(values.corpus);
  if (!values.check) writeFileSync(COUNTS, text);
  if (readFileSync(COUNTS, "utf8") === text) return 0;
  process.stderr.write(`${COUNTS} is not as the corpus says: npm run count-values -- --directives writes it\n`);
  return 1;
}

/** Shows in how many packages a directive has a value, for each kind of unit and for those of users apart. */
function showValues(): number {
  const packages = new Map<string, Map<string, Set<string>>>();
  for (const { packageName, path, text } of packagedFiles(values.corpus)) {
    const { scope, kind } = unitPath(path) ?? {};
    count(text, packageName, `${scope} .${kind}`, packages);
  }
  for (const [where, counted] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...counted].map(([value, by]) => ({ value, count: by.size })).sort((a, b) => b.count - a.count);
    process.stdout.write(
      `${where}: ${sorted
        .slice(0, SHOWN)
        .map((it) => `${it.value} ${it.count}`)
        .join(", ")}\n`,
    );
  }
  return 0;
}

const SHOWN = 15;

function count(text: string, name: string, where: string, into: Map<string, Map<string, Set<string>>>): void {
  for (const { nodes } of parse(text).sections)
    for (const node of nodes) {
      if (node.kind !== "assignment" || node.text === "" || !values.directive.includes(node.key)) continue;
      const key = `${node.key}= in ${where}`;
      const counted = into.get(key) ?? new Map<string, Set<string>>();
      into.set(key, counted);
      const words = values.whole ? [node.text] : splitWords(node.text, "plain").words.map((it) => it.value);
      for (const word of words) counted.set(word, (counted.get(word) ?? new Set()).add(name));
    }
}

process.exitCode = main();
