import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { keep } from "./found.ts";
import type { Watched } from "./watchdog.ts";

let timer: NodeJS.Timeout | undefined;

parentPort?.on("message", ({ run, patience }: Watched) => {
  clearTimeout(timer);
  if (run) timer = setTimeout(() => end(run), patience);
});

function end(run: NonNullable<Watched["run"]>): void {
  const file = keep({ ...run, message: "does not end" });
  // The main thread prints nothing any more.
  writeSync(
    1,
    `${run.target}: a run does not end, with seed ${run.seed}\n  again: npm run fuzz -- --replay ${file}\n0 passed, 1 failed\n`,
  );
  process.kill(process.pid, "SIGKILL");
}
