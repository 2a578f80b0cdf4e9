import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packagedFiles } from "../../build/extracts/packagesByDirective.ts";
import { unitOf } from "../../test/hardening/kit.ts";
import { read } from "../../test/hardening/services/judged.ts";
import { OTHERS, STRANGERS } from "../../test/hardening/services/lists.ts";
import { namedEntries } from "./namedEntries.ts";
import { countOne, table } from "./outcome.ts";
import { TABLES } from "./withoutTable.ts";

const FIGURES = fileURLToPath(new URL("./figures.ts", import.meta.url));

const COLUMNS = [
  "added",
  "broken",
  "missing",
  "added in both steps",
  "broken",
  "missing",
  "added to hidden daemons",
  "refused by a run",
  "added by program name",
  "refused by a run",
];

/** The figures without a table, each in a process of its own, as tables are read once. */
async function figuresWithout(name: string, corpus: string): Promise<readonly number[]> {
  const args = ["--import=tsx", FIGURES, corpus, `--without=${name}`];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as number[];
}

/** How many words of each column of the evidence some service of the lists, or a packaged one, names. */
function namedCounts(corpus: string): ReadonlyMap<string, number> {
  const packaged = existsSync(corpus)
    ? [...packagedFiles(corpus)].filter(({ path }) => /\/system\/[^/]+\.service$/.test(path))
    : [];
  const units = [
    ...[...STRANGERS, ...OTHERS].flatMap(([, all]) => all.map(read)),
    ...packaged.map(({ path, text }) => unitOf(text, path)),
  ];
  const all = new Set(units.flatMap((it) => [...namedEntries(it)]));
  const counts = new Map<string, number>();
  for (const { column } of all) countOne(counts, `evidence.json ${column}`);
  return counts;
}

/** How many entries each table has, and what leaving it out changes. */
export async function tablesReport(corpus: string): Promise<string> {
  const all = await figuresWithout("", corpus);
  const named = namedCounts(corpus);
  const rows: (string | number)[][] = [["all tables", TABLES.reduce((n, it) => n + it.entries, 0), "", ...all]];
  for (const { name, entries } of TABLES) {
    const its = await figuresWithout(name, corpus);
    rows.push([`without ${name}`, entries, named.get(name) ?? "", ...its.map((it, i) => signed(it - (all[i] ?? 0)))]);
  }
  return `## What leaving out each table of words or names changes\n\n${table(["table", "entries", "named by a service", ...COLUMNS], rows)}\n`;
}

const signed = (n: number): string => (n > 0 ? `+${n}` : `${n}`);
