import { messageOf } from "./attempts.ts";
import type { InputFile, InputFiles } from "./files.ts";
import type { Ending, OutputPart } from "./outcome.ts";

/**
 * Work over files, each of which is done apart from the others: whoever runs the command line may share it among threads. A
 * thread makes the same batch of the same arguments, so that only files and results go from one to the other.
 */
export interface Batch {
  /** Finds the files; asked once, in one thread. Says how many it has met so far. */
  readonly find: (met?: (count: number) => void) => InputFiles;
  /** Whether there may be very many, as in a folder. */
  readonly mayBeMany?: () => boolean;
  /** Does what a thread that did not look for the files needs before the first of them, while others look. */
  readonly prepare?: () => void;
  /** Does one file; throws where it cannot be read. Results are plain data. */
  readonly work: (file: InputFile, turn: Turn) => unknown;
  /** Prints the results. */
  readonly printer: () => Printer<unknown>;
  /** What `find` learnt of some files, as plain data for the thread that does them, which is told before. */
  readonly notes?: (files: readonly InputFile[]) => unknown;
  readonly tell?: (notes: unknown) => void;
  /** Whether it cannot be shared, as one that reads standard input. */
  readonly alone?: boolean;
  /** Whether nothing is said of its progress. */
  readonly quiet?: boolean;
}

/** Which of the files of a batch one is. */
export interface Turn {
  readonly at: number;
  /** How many files there are. */
  readonly total: number;
}

/** Prints results, one at a time and in the order of the files. */
export interface Printer<R> {
  /** How all of the text is read. */
  readonly as: OutputPart["as"];
  /** What is printed for the next one. */
  add(result: R): string;
  /** How the command ends; its text is what is still to be printed. */
  end(problems: readonly string[]): Ending;
}

/** Whether a command is a batch, which is yet to be done. */
export const isBatch = (it: object): it is Batch => "printer" in it;

/** What was made of a file, or why nothing was. */
export type Attempt = { readonly result: unknown } | { readonly problem: string };

/** Does one file of a batch. */
export function attempt({ work }: Batch, file: InputFile, turn: Turn): Attempt {
  try {
    return { result: work(file, turn) };
  } catch (error) {
    return { problem: `${file.path}: ${messageOf(error)}` };
  }
}

/** Does a batch here and at once. */
export function finish(batch: Batch, progress: (done: number, total: number) => void): Ending {
  const { files, problems } = batch.find();
  const results: unknown[] = [];
  for (const [i, file] of files.entries()) {
    const made = attempt(batch, file, { at: i, total: files.length });
    if ("problem" in made) problems.push(made.problem);
    else results.push(made.result);
    progress(i + 1, files.length);
  }
  return reported(batch.printer(), results, problems);
}

/** What all results print together. */
export function reported<R>(printer: Printer<R>, results: readonly R[], problems: readonly string[]): Ending {
  const text = results.map((it) => printer.add(it)).join("");
  const ended = printer.end(problems);
  return { ...ended, stdout: [{ text, as: printer.as }, ...ended.stdout] };
}
