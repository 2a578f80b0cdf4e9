import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { commandLinePage } from "./commandLinePage.ts";
import { configurationSchema, packageSchema } from "./configurationSchema.ts";
import { DAEMON_PAGES, daemonPages } from "./daemonPages.ts";
import { editorFigures } from "./editorFigures.ts";
import { evidencePage } from "./evidencePage.ts";
import { rulePages } from "./rulePages.ts";
import { settingsPage } from "./settingsPage.ts";
import { manifestWithTargets, supportPage } from "./targetLists.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const FOLDERS = ["docs/rules", DAEMON_PAGES];

/** Pages of their own, and what makes them. */
const PAGES: Readonly<Record<string, () => string>> = {
  "docs/command-line.md": commandLinePage,
  "docs/editor-figures.md": editorFigures,
  "reports/evidence.md": evidencePage,
  "docs/settings.md": settingsPage,
  "docs/support.md": supportPage,
  "package.json": manifestWithTargets,
  "schemas/configuration.schema.json": configurationSchema,
  "schemas/package.schema.json": packageSchema,
};

/** Writes docs/rules from the rules, docs/daemons from what was measured, and the pages above; with --check only says which pages differ. */
function main(): number {
  // The page about the settings is made from it.
  if (!values.check) writeFileSync("package.json", manifestWithTargets());
  for (const folder of FOLDERS) mkdirSync(folder, { recursive: true });
  const pages = new Map([...rulePages(), ...daemonPages()]);
  for (const [path, make] of Object.entries(PAGES)) pages.set(path, make());
  const listed = FOLDERS.flatMap((folder) => readdirSync(folder).map((it) => `${folder}/${it}`));
  const known = [...listed, ...Object.keys(PAGES).filter(existsSync)];
  const old = new Map(known.map((it) => [it, readFileSync(it, "utf8")]));
  const paths = [...new Set([...pages.keys(), ...old.keys()])].filter((it) => pages.get(it) !== old.get(it));
  for (const path of paths) {
    const text = pages.get(path);
    if (values.check) process.stderr.write(`${path} is not as the code says: npm run docs writes it\n`);
    else if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  return values.check && paths.length > 0 ? 1 : 0;
}

process.exitCode = main();
