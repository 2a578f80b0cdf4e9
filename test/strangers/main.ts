import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { wordsReport } from "./businessWords.ts";
import { hiddenReport } from "./hiddenDaemons.ts";
import { listsReport } from "./listsReport.ts";
import { tablesReport } from "./tablesReport.ts";

const { values: options } = parseArgs({
  options: {
    /** Shows each setting for itself. */
    settings: { type: "boolean", default: false },
    /** Prints only what leaving out each table of words or names changes. */
    tables: { type: "boolean", default: false },
    /** Where the units of packages are, which measured daemons are taken from. */
    corpus: { type: "string", default: "../shared/corpus" },
  },
});

if (options.tables) {
  void tablesReport(options.corpus).then((it) => console.log(it));
} else {
  console.log("# What hardening adds to services that nobody knows\n");
  console.log(listsReport(options.settings));
  console.log(wordsReport());
  if (existsSync(options.corpus)) console.log(hiddenReport(options.corpus, options.settings));
}
