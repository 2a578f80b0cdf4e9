/**
 * All tests. Those in a running systemd wait more than they compute: they run next to the others, several files at a time, each in
 * boxes of its own, and are printed after them. Where these end, a second process takes a half of the others.
 * Usage: node --import=tsx test/main.ts
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runMain } from "./kit/runMain.ts";
import { SKIPPED_FILE } from "./kit/skip.ts";

const MOCHA = "node_modules/.bin/mocha";

const BOXES = "lab/box";

/** So many boxes for each processor. */
const BOXES_AT_ONCE = 1.5;

/** Folders that take about as long as all others, but for the boxes. */
const HALF = "test/{rules,security,server,service,snapshots,syntax,templates,text,units,values,webview}/**";

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-skipped-"));
  const file = join(folder, "reasons");
  writeFileSync(file, "");
  process.env[SKIPPED_FILE] = file;
  try {
    const status = await allTests();
    console.log(reasonsIn(readFileSync(file, "utf8")));
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How many tests were left out, by the reason. */
function reasonsIn(text: string): string {
  const reasons = text.split("\n").filter((it) => it !== "");
  const counts = new Map<string, number>();
  for (const it of reasons) counts.set(it, (counts.get(it) ?? 0) + 1);
  const lines = [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count}: ${reason}`);
  return [`${reasons.length} tests left out`, ...lines].join("\n");
}

async function allTests(): Promise<number> {
  const jobs = Math.ceil(BOXES_AT_ONCE * availableParallelism());
  const first = spawn(MOCHA, ["{test,lab}/**/*.test.ts", "--ignore", `${BOXES}/**`, "--ignore", HALF], {
    stdio: "inherit",
  });
  const firstEnd = endOf(first);
  const boxes = await printed(["--parallel", "--jobs", String(jobs), ...longestFirst(BOXES)]);
  const second = await printed([`${HALF}/*.test.ts`]);
  const status = await firstEnd;
  console.log(`\n${second.output}\nin a running systemd\n${boxes.output}`);
  return Math.max(status, boxes.status, second.status);
}

/** Runs mocha, whose output is for later: two processes would write their dots into each other. */
async function printed(argv: readonly string[]): Promise<{ status: number; output: string }> {
  const run = spawn(MOCHA, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const [output, status] = await Promise.all([text(run.stdout), endOf(run)]);
  return { status, output };
}

/** The exit status of a process, 1 where a signal ended it. */
const endOf = (it: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    it.on("error", reject);
    it.on("close", (status) => resolve(status ?? 1));
  });

/** The test files of a folder, of which a long one takes long: begun last, it would run alone at the end. */
function longestFirst(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((it) => it.endsWith(".test.ts"))
    .map((it) => join(folder, it));
  return files
    .map((path) => ({ path, size: statSync(path).size }))
    .sort((a, b) => b.size - a.size)
    .map((it) => it.path);
}

runMain(main);
