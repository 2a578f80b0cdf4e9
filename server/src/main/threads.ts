import { type ResourceLimits, Worker } from "node:worker_threads";
import type { Attempt } from "../cli/batch.ts";
import type { InputFile } from "../cli/files.ts";

/** What a thread runs, and what it is told at its start. */
export interface ThreadStart {
  readonly code: string;
  readonly data: unknown;
}

/** Some files of a batch for a thread; they begin at this place of all. */
export interface FileShare {
  readonly at: number;
  readonly files: readonly InputFile[];
  /** How many files the batch has. */
  readonly among: number;
}

/** What a thread made of them. */
export interface DoneShare {
  readonly at: number;
  readonly attempts: readonly Attempt[];
}

/** Files that go to a thread at once: few enough that all threads end together, enough that messages cost nothing. */
const SHARE = 32;

/** So many shares may be done before their turn, which bounds what waits to be printed. */
const AHEAD = 16;

/**
 * Each thread has a heap of its own, which grows less boldly where its limit is near. What a thread keeps is the index, a few
 * kilobytes a file; the rest is room for units that nobody would write.
 */
const limitsFor = (files: number): ResourceLimits => ({
  maxYoungGenerationSizeMb: 12,
  maxOldGenerationSizeMb: 256 + Math.ceil(files / 100),
});

/** Shares files among threads and gives what they make in the order of the files; throws where a thread fails. */
export async function* spread(
  files: readonly InputFile[],
  threads: number,
  { code, data }: ThreadStart,
): AsyncGenerator<Attempt> {
  const resourceLimits = limitsFor(files.length);
  const workers = Array.from(
    { length: threads },
    () => new Worker(code, { eval: true, workerData: data, resourceLimits }),
  );
  const done = new Map<number, readonly Attempt[]>();
  const idle: Worker[] = workers.flatMap((it) => [it, it]);
  let [sent, next] = [0, 0];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const send = (): void => {
    while (sent < files.length && sent < next + AHEAD * SHARE) {
      const worker = idle.shift();
      if (!worker) return;
      const share: FileShare = { at: sent, files: files.slice(sent, sent + SHARE), among: files.length };
      worker.postMessage(share);
      sent += SHARE;
    }
  };
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  for (const worker of workers) {
    worker.on("message", ({ at, attempts }: DoneShare) => {
      done.set(at, attempts);
      idle.push(worker);
      send();
      wake();
    });
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("it ended before its work was done")));
  }
  try {
    send();
    while (next < files.length) {
      const attempts = done.get(next);
      if (failure) throw failure;
      if (!attempts) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      done.delete(next);
      next += SHARE;
      send();
      yield* attempts;
    }
  } finally {
    await Promise.all(workers.map((it) => it.terminate()));
  }
}
