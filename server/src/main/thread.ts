import { parentPort, workerData } from "node:worker_threads";
import { attempt, isBatch } from "../cli/batch.ts";
import { begin } from "../cli/main.ts";
import { nodeHost } from "./nodeHost.ts";
import type { DoneShare, Share } from "./threads.ts";

/** What a thread is told: the command line, whose batch it makes again, and how its terminal is. */
export interface ThreadData {
  readonly argv: readonly string[];
  readonly colours: boolean;
  readonly width: number | undefined;
}

/** Runs this thread: it does the files that it is sent. */
export function runThread(): void {
  const { argv, colours, width } = workerData as ThreadData;
  const batch = begin(argv, nodeHost, { colours, width, progress: () => undefined });
  if (!isBatch(batch)) throw new Error(`${argv[0]} has no files to share`);
  parentPort?.on("message", ({ at, files, among }: Share) => {
    const done: DoneShare = { at, attempts: files.map((it) => attempt(batch, it, among)) };
    parentPort?.postMessage(done);
  });
}
