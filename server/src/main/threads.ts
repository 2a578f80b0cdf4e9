import { setImmediate } from "node:timers/promises";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { type Attempt, attempt, type Batch } from "../cli/batch.ts";
import type { InputFile } from "../cli/files.ts";
import { SHARE, ThreadShares } from "./threadShares.ts";

/** What a thread runs, and what it is told at its start. */
export interface ThreadStart {
  readonly code: string;
  readonly data: unknown;
}

/** Some files of a batch for a thread. */
export interface FileShare {
  /** Which of all files they are. */
  readonly at: readonly number[];
  readonly files: readonly InputFile[];
  /** How many files the batch has. */
  readonly total: number;
  /** What the batch is told of them; missing where this thread found them itself. */
  readonly notes?: unknown;
}

/** What a thread made of them. */
interface DoneShare {
  readonly at: readonly number[];
  readonly attempts: readonly Attempt[];
}

/** Does the files of a share. */
export function doShare(batch: Batch, { at, files, total, notes }: FileShare): DoneShare {
  if (notes !== undefined) batch.tell?.(notes);
  return { at, attempts: files.map((it, i) => attempt(batch, it, { at: at[i] ?? 0, total })) };
}

/**
 * Each other thread has a heap of its own. What it keeps is the index, a few kilobytes a file; the rest is room for units that
 * nobody would write, and for more files than those that were met when it started.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 4096 };

/** Threads that were started in addition to this one. */
export interface Threads {
  readonly workers: readonly Worker[];
  /** The first failure of one of them. */
  failure: Error | undefined;
  /** Called when one fails or has done something. */
  wake: () => void;
}

/** Starts as many others as make that number of threads with this one; they prepare themselves while it looks for files. */
export function startThreads(threads: number, { code, data }: ThreadStart): Threads {
  const workers = Array.from(
    { length: threads - 1 },
    () => new Worker(code, { eval: true, workerData: data, resourceLimits: LIMITS }),
  );
  const pool: Threads = { workers, failure: undefined, wake: () => undefined };
  const fail = (error: Error): void => {
    pool.failure ??= error;
    pool.wake();
  };
  for (const worker of workers) {
    // Nobody waits for them until there are files to do.
    worker.unref();
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("it ended before its work was done")));
  }
  return pool;
}

/** ThreadShares files among this thread and others; gives what they make in the order of the files. Throws where a thread fails. */
export async function* spread(files: readonly InputFile[], threads: Threads, batch: Batch): AsyncGenerator<Attempt> {
  const { workers } = threads;
  const done: (Attempt | undefined)[] = [];
  const shares = new ThreadShares(files, workers.length + 1);
  const idle = workers.flatMap((it, i) => [i, i].map((thread) => ({ worker: it, thread })));
  let next = 0;
  /** The next share for a thread, if it need not wait for others. */
  const takeOne = (thread: number): FileShare | undefined => {
    const at = shares.take(thread, next);
    if (at.length === 0) return undefined;
    return { at, files: at.flatMap((it) => files[it] ?? []), total: files.length };
  };
  const send = (): void => {
    for (let turns = idle.length; turns > 0; turns--) {
      const free = idle.shift();
      const share = free && takeOne(free.thread);
      if (share) free.worker.postMessage({ ...share, notes: batch.notes?.(share.files) });
      else if (free) idle.push(free);
    }
  };
  const keep = ({ at, attempts }: DoneShare): void => {
    for (const [i, it] of attempts.entries()) done[at[i] ?? 0] = it;
  };
  for (const [thread, worker] of workers.entries()) {
    worker.ref();
    worker.on("message", (share: DoneShare) => {
      keep(share);
      idle.push({ worker, thread });
      send();
      threads.wake();
    });
  }
  try {
    send();
    while (next < files.length) {
      const made = done[next];
      if (threads.failure) throw threads.failure;
      if (made) {
        done[next++] = undefined;
        if (next % SHARE === 0) send();
        yield made;
        continue;
      }
      send();
      const share = takeOne(workers.length);
      if (share) {
        keep(doShare(batch, share));
        await setImmediate();
      } else
        await new Promise<void>((resolve) => {
          threads.wake = resolve;
        });
    }
  } finally {
    await Promise.all(workers.map((it) => it.terminate()));
  }
}
