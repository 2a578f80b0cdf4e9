import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { rulePages } from "./rulePages.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const FOLDER = "docs/rules";

/** Writes docs/rules anew from the rules; with --check only says which pages differ from them. */
function main(): number {
  mkdirSync(FOLDER, { recursive: true });
  const pages = rulePages();
  const old = new Map(readdirSync(FOLDER).map((it) => [`${FOLDER}/${it}`, readFileSync(`${FOLDER}/${it}`, "utf8")]));
  const paths = [...new Set([...pages.keys(), ...old.keys()])].filter((it) => pages.get(it) !== old.get(it));
  for (const path of paths) {
    const text = pages.get(path);
    if (values.check) process.stderr.write(`${path} is not as the rules say: npm run docs writes it\n`);
    else if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  return values.check && paths.length > 0 ? 1 : 0;
}

process.exitCode = main();
