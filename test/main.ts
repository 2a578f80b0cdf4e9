/**
 * All tests. Those in a running systemd wait more than they compute: they run next to the others, several files at a time, each in
 * boxes of its own, and are printed after them.
 * Usage: node --import=tsx test/main.ts
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runMain } from "./kit/runMain.ts";

const MOCHA = "node_modules/.bin/mocha";

const BOXES = "test/box";

/** So many boxes for each processor. */
const BOXES_AT_ONCE = 1.5;

async function main(): Promise<number> {
  const jobs = Math.ceil(BOXES_AT_ONCE * availableParallelism());
  const argv = ["--parallel", "--jobs", String(jobs), ...longestFirst(BOXES)];
  const inBoxes = spawn(MOCHA, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const others = spawn(MOCHA, ["test/**/*.test.ts", "--ignore", `${BOXES}/**`], { stdio: "inherit" });
  const [said, ...ends] = await Promise.all([text(inBoxes.stdout), endOf(inBoxes), endOf(others)]);
  console.log(`\nin a running systemd\n${said}`);
  return Math.max(...ends);
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
