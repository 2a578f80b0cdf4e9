import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { wordsReport } from "./businessWords.ts";
import { hiddenReport } from "./hiddenDaemons.ts";
import { listsReport } from "./listsReport.ts";
import { stubsReport } from "./stubs/stubsReport.ts";
import { tablesReport } from "./tablesReport.ts";

const { values: options } = parseArgs({
  options: {
    /** Shows each setting for itself. */
    settings: { type: "boolean", default: false },
    /** Prints only what leaving out each table of words or names changes. */
    tables: { type: "boolean", default: false },
    /** Prints only what the programs of the services change, each a stub in one of twelve languages. */
    stubs: { type: "boolean", default: false },
    /** Which stub is in which language follows from it. */
    seed: { type: "string", default: "0" },
    /** Where the units of packages are, which measured daemons are taken from. */
    corpus: { type: "string", default: "../shared/corpus" },
  },
});

if (options.stubs) console.log(stubsReport(Number(options.seed)));
else if (options.tables) {
  void tablesReport(options.corpus).then((it) => console.log(it));
} else {
  console.log("# What hardening adds to services that nobody knows\n");
  console.log(listsReport(options.settings));
  console.log(wordsReport());
  if (existsSync(options.corpus)) console.log(hiddenReport(options.corpus, options.settings));
}
