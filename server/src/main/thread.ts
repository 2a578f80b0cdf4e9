import { parentPort, workerData } from "node:worker_threads";
import { isBatch } from "../cli/batch.ts";
import { beginCommand } from "../cli/begin.ts";
import { loadCommand } from "../cli/loadCommand.ts";
import { nodeHost } from "./nodeHost.ts";
import { doShare, type FileShare } from "./threads.ts";

/** What a thread is told: the command line, whose batch it makes again, and how its terminal is. */
export interface ThreadData {
  readonly argv: readonly string[];
  readonly colours: boolean;
  readonly coloursExact: boolean;
  readonly isTerminal: boolean | undefined;
  readonly width: number | undefined;
}

/** Runs this thread: it does the files that it is sent. */
export async function serveShares(): Promise<void> {
  const { argv, ...layout } = workerData as ThreadData;
  const [name, ...rest] = argv;
  const command = await loadCommand(name);
  const terminal = { ...layout, progress: () => undefined };
  const batch = command && beginCommand(command, rest, { host: nodeHost, terminal, source: undefined });
  if (!batch || !isBatch(batch)) throw new Error(`${name} has no files to share`);
  batch.prepare?.();
  parentPort?.on("message", (share: FileShare) => {
    try {
      parentPort?.postMessage(doShare(batch, share));
    } catch (error) {
      // What cannot be sent cannot be thrown from one thread to another either.
      throw new Error(String(error));
    }
  });
}
