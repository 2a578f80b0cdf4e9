import type { FileWrite, WriteFailures } from "./fileWrite.ts";
import { type Ending, noted } from "./outcome.ts";

/** What a command has found out; it writes nothing itself, and how it ends depends on what could be written. */
export interface Unwritten {
  readonly writes: readonly FileWrite[];
  readonly end: (failures: WriteFailures) => Ending;
}

/** What a command says of one file once that is written as it should be. */
export interface FileResult<T> {
  readonly value: T;
  readonly write?: FileWrite | undefined;
  /** Why something else that was asked for is not done to it, which is no problem. */
  readonly note?: string | undefined;
}

/** What belongs to the files that are written. */
interface AfterWriting {
  readonly more?: readonly FileWrite[];
  /** What the reader has to do once files are written, by their paths. */
  readonly next?: (paths: readonly string[]) => readonly string[];
}

/** Lets a command end when its files are written, those of each value and `more`. What could not be is a problem, and nothing else is said of it. */
export function afterWriting<T>(
  made: readonly FileResult<T>[],
  problems: readonly string[],
  end: (values: readonly T[], problems: readonly string[], failures: WriteFailures) => Ending,
  { more = [], next = () => [] }: AfterWriting = {},
): Unwritten {
  // What is named twice is written once.
  const writes = new Map([...made.flatMap((it) => it.write ?? []), ...more].map((it) => [it.path, it]));
  return {
    writes: [...writes.values()],
    end: (failures) => {
      const done = made.filter(({ write }) => !write || !failures.has(write.path));
      const failed = [...failures].map(([path, reason]) => `${path}: ${reason}`);
      const notices = [...problems, ...failed, ...countOf([...writes.keys()], failures)];
      const values = done.map((it) => it.value);
      const written = [...writes.keys()].filter((it) => !failures.has(it));
      return noted(end(values, notices, failures), [...made.flatMap((it) => it.note ?? []), ...next(written)]);
    },
  };
}

const MOST_NAMED = 20;

/** Which of several files are written, where not all are. */
function countOf(paths: readonly string[], failures: WriteFailures): string[] {
  if (failures.size === 0 || paths.length === 1) return [];
  const written = paths.filter((it) => !failures.has(it));
  if (written.length === 0) return [`none of the ${paths.length} files is written`];
  const more = written.length > MOST_NAMED ? ` and ${written.length - MOST_NAMED} more` : "";
  return [`${written.length} of ${paths.length} files are written: ${written.slice(0, MOST_NAMED).join(", ")}${more}`];
}
