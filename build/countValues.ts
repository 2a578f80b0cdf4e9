import { parseArgs } from "node:util";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { parse } from "../server/src/syntax/parse.ts";
import { splitWords } from "../server/src/syntax/words.ts";
import { packagedFiles } from "./extracts/packagesByDirective.ts";

const { values } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    /** The directives to count; data/common-values.json is chosen from this. */
    directive: { type: "string", multiple: true, default: [] },
    /** Counts whole values, and not their words. */
    whole: { type: "boolean", default: false },
  },
});

/** Counts in how many packages a directive has a value, for each kind of unit and for those of users apart. */
function main(): void {
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

main();
