import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { commandLinePage } from "./commandLinePage.ts";
import { configurationSchema, packageSchema } from "./configurationSchema.ts";
import { DAEMON_PAGES, daemonPages } from "./daemonPages.ts";
import { editorFigures } from "./editorFigures.ts";
import { evidencePage } from "./evidencePage.ts";
import { RULE_PAGES, rulePageTexts, ruleTables } from "./ruleTables.ts";
import { settingsPage } from "./settingsPage.ts";
import { manifestWithTargets, supportPage } from "./targetLists.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const FOLDERS = [RULE_PAGES, DAEMON_PAGES];

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

/**
 * Reads the rules of docs/rules into data/rules, and writes what is made there and elsewhere: quoted findings, docs/daemons
 * from what was measured, and the pages above; with --check only says which files differ.
 */
async function main(): Promise<number> {
  // The pages of the rules are made with these tables, which are read when the program is loaded.
  const tables = ruleTables(rulePageTexts());
  const stale = changed(tables, tables.keys());
  if (values.check && stale.length > 0) return report(stale, "docs/rules says: npm run docs reads it");
  write(stale, tables);
  // The page about the settings is made from it.
  if (!values.check) writeFileSync("package.json", manifestWithTargets());
  for (const folder of FOLDERS) mkdirSync(folder, { recursive: true });
  const { rulePages } = await import("./rulePages.ts");
  const pages = new Map([...rulePages(), ...daemonPages()]);
  for (const [path, make] of Object.entries(PAGES)) pages.set(path, make());
  const listed = FOLDERS.flatMap((folder) => readdirSync(folder).map((it) => `${folder}/${it}`));
  const paths = changed(pages, [...listed, ...Object.keys(PAGES)]);
  if (values.check) return report(paths, "the code says: npm run docs writes it");
  write(paths, pages);
  return 0;
}

/** The files whose text is not as it should be, and those that should not be there. */
function changed(made: ReadonlyMap<string, string>, known: Iterable<string>): readonly string[] {
  const old = new Map([...known].filter((it) => existsSync(it)).map((it) => [it, readFileSync(it, "utf8")]));
  return [...new Set([...made.keys(), ...old.keys()])].filter((it) => made.get(it) !== old.get(it));
}

function report(paths: readonly string[], why: string): number {
  for (const path of paths) process.stderr.write(`${path} is not as ${why}\n`);
  return paths.length > 0 ? 1 : 0;
}

function write(paths: readonly string[], made: ReadonlyMap<string, string>): void {
  for (const path of paths) {
    const text = made.get(path);
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
}

// A page that cannot be read says where.
main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
