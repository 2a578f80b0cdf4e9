import { parentPort, workerData } from "node:worker_threads";
import { isBatch } from "../cli/batch.ts";
import { begin } from "../cli/main.ts";
import { nodeHost } from "./nodeHost.ts";
import { doShare, type FileShare } from "./threads.ts";

/** What a thread is told: the command line, whose batch it makes again, and how its terminal is. */
export interface ThreadData {
  readonly argv: readonly string[];
  readonly colours: boolean;
  readonly isTerminal: boolean | undefined;
  readonly width: number | undefined;
}

/** Runs this thread: it does the files that it is sent. */
export function serveShares(): void {
  const { argv, ...terminal } = workerData as ThreadData;
  const batch = begin(argv, nodeHost, { ...terminal, progress: () => undefined });
  if (!isBatch(batch)) throw new Error(`${argv[0]} has no files to share`);
  parentPort?.on("message", (share: FileShare) => {
    try {
      parentPort?.postMessage(doShare(batch, share));
    } catch (error) {
      // What cannot be sent cannot be thrown from one thread to another either.
      throw new Error(String(error));
    }
  });
}
