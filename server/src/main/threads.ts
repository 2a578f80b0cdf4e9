import { setImmediate } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { type Attempt, attempt, type Batch } from "../cli/batch.ts";
import type { InputFile } from "../cli/files.ts";
import { shareProcessors } from "./heap.ts";

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
  /** What the batch is told of them; missing where this thread found them itself. */
  readonly notes?: unknown;
}

/** What a thread made of them. */
interface DoneShare {
  readonly at: number;
  readonly attempts: readonly Attempt[];
}

/** Does the files of a share. */
export function doShare(batch: Batch, { at, files, among, notes }: FileShare): DoneShare {
  if (notes !== undefined) batch.tell?.(notes);
  return { at, attempts: files.map((it, i) => attempt(batch, it, { at: at + i, among })) };
}

/** Files that go to a thread at once: few enough that all threads end together, enough that messages cost nothing. */
const SHARE = 32;

/** So many shares may be done before their turn, which bounds what waits to be printed. */
const AHEAD = 16;

/**
 * Each other thread has a heap of its own. What it keeps is the index, a few kilobytes a file; the rest is room for units that
 * nobody would write, and for more files than those that were met when it started.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 4096 };

/** Threads that were started beside this one. */
export interface Threads {
  readonly workers: readonly Worker[];
  /** The first failure of one of them. */
  failure: Error | undefined;
  /** Called when one fails or has done something. */
  wake: () => void;
}

/** Starts as many others as make that number of threads with this one; they prepare themselves while it looks for files. */
export function startThreads(threads: number, { code, data }: ThreadStart): Threads {
  shareProcessors();
  const workers = Array.from(
    { length: threads - 1 },
    () => new Worker(code, { eval: true, workerData: data, resourceLimits: LIMITS }),
  );
  const its: Threads = { workers, failure: undefined, wake: () => undefined };
  const fail = (error: Error): void => {
    its.failure ??= error;
    its.wake();
  };
  for (const worker of workers) {
    // Nobody waits for them until there are files to do.
    worker.unref();
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("it ended before its work was done")));
  }
  return its;
}

/** Shares files among this thread and others; gives what they make in the order of the files. Throws where a thread fails. */
export async function* spread(files: readonly InputFile[], threads: Threads, batch: Batch): AsyncGenerator<Attempt> {
  const { workers } = threads;
  const done = new Map<number, readonly Attempt[]>();
  const idle: Worker[] = workers.flatMap((it) => [it, it]);
  let [sent, next] = [0, 0];
  const shareAt = (at: number): FileShare => ({ at, files: files.slice(at, at + SHARE), among: files.length });
  const send = (): void => {
    while (sent < files.length && sent < next + AHEAD * SHARE) {
      const worker = idle.shift();
      if (!worker) return;
      const share = shareAt(sent);
      worker.postMessage({ ...share, notes: batch.notes?.(share.files) });
      sent += SHARE;
    }
  };
  /** The next share for this thread, which does not wait for others. */
  const takeOne = (): FileShare | undefined => {
    const at = sent;
    if (at >= Math.min(files.length, next + AHEAD * SHARE)) return undefined;
    sent += SHARE;
    return shareAt(at);
  };
  for (const worker of workers) {
    worker.ref();
    worker.on("message", ({ at, attempts }: DoneShare) => {
      done.set(at, attempts);
      idle.push(worker);
      send();
      threads.wake();
    });
  }
  try {
    send();
    while (next < files.length) {
      const attempts = done.get(next);
      if (threads.failure) throw threads.failure;
      if (!attempts) {
        const share = takeOne();
        if (share) {
          done.set(share.at, doShare(batch, share).attempts);
          await setImmediate();
        } else
          await new Promise<void>((resolve) => {
            threads.wake = resolve;
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
