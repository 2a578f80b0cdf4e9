import { once } from "node:events";
import type { Writable } from "node:stream";
import { type Attempt, attempt, type Batch } from "../cli/batch.ts";
import type { InputFile } from "../cli/files.ts";
import { type Ending, shown } from "../cli/outcome.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { ThreadStart, Threads } from "./threads.ts";

/** Where a batch is printed, and what may help with it. */
export interface BatchPlace {
  readonly stdout: Writable;
  readonly terminal: Terminal;
  /** Told of each text before it is printed. */
  readonly beforeText: (text: string) => void;
  /** How many threads a number of files is worth. */
  readonly threads: (files: number) => number;
  readonly thread: ThreadStart;
}

/** Once so many files are met, as many threads as there may be are worth their start, while the rest is looked for. */
const MANY = 1600;

/** So many characters are printed at once. */
const PIECE = 1 << 16;

/**
 * Does a batch and prints its results as they come, in the order of the files whoever did them. The text of the outcome is what
 * is left to print; a thread that fails ends the command.
 */
export async function finishBatch(batch: Batch, place: BatchPlace): Promise<Ending> {
  // One file does not wait for what threads need of Node.js.
  const loaded = !batch.alone && batch.mayBeMany?.() ? await import("./threads.ts") : undefined;
  let started: Threads | undefined;
  const met = (count: number): void => {
    const most = count === MANY && loaded ? place.threads(count) : 1;
    if (most > 1) started = loaded?.startThreads(most, place.thread);
  };
  const { files, problems } = batch.find(met);
  const threads = batch.alone ? 1 : place.threads(files.length);
  const several = started || threads > 1 ? (loaded ?? (await import("./threads.ts"))) : undefined;
  const attempts = several
    ? several.spread(files, started ?? several.startThreads(threads, place.thread), batch)
    : here(batch, files);
  const printer = batch.printer();
  let [text, done] = ["", 0];
  try {
    for await (const made of attempts) {
      if ("problem" in made) problems.push(made.problem);
      else text += printer.add(made.result);
      done++;
      if (!batch.quiet) place.terminal.progress(done, files.length);
      if (text.length < PIECE) continue;
      place.beforeText(text);
      await print(shown({ text, as: printer.as }, place.terminal), place.stdout);
      text = "";
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { stdout: [{ text, as: printer.as }], messages: [...problems, `a thread failed: ${reason}`], status: 2 };
  }
  const ended = printer.end(problems);
  return { ...ended, stdout: [{ text, as: printer.as }, ...ended.stdout] };
}

function* here(batch: Batch, files: readonly InputFile[]): Generator<Attempt> {
  for (const [at, file] of files.entries()) yield attempt(batch, file, { at, total: files.length });
}

/** Waits until there is room for more, and for the news that nobody reads any longer. */
async function print(text: string, stdout: Writable): Promise<void> {
  if (!stdout.write(text)) await once(stdout, "drain");
  await new Promise((resolve) => setImmediate(resolve));
}
