import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EXTRACTS, isCurrent } from "./extracts/extracts.ts";

const { values } = parseArgs({
  options: { shared: { type: "string", default: "../shared" }, check: { type: "boolean", default: false } },
});

/** Writes the files of data/ that are made from facts and corpus; with --check only says which differ. */
function main(): number {
  if (!existsSync(values.shared)) {
    process.stderr.write(`there are no facts and no corpus in ${values.shared} (name a folder with --shared DIR)\n`);
    return 1;
  }
  const old = EXTRACTS.filter((it) => !isCurrent(it, values.shared));
  for (const { path, make } of old)
    if (values.check) process.stderr.write(`${path} is not as its sources say: npm run extracts writes it\n`);
    else writeFileSync(path, make(values.shared));
  return values.check && old.length > 0 ? 1 : 0;
}

process.exitCode = main();
