import type { FileWrite, WriteFailures } from "../cli/writes.ts";
import { createFile, replaceFile } from "./atomicWrite.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What became of files that were to be written. */
interface Written {
  readonly failures: WriteFailures;
  /** The signal that ended it early. */
  readonly signal: NodeJS.Signals | undefined;
}

/** Writes files one after the other, each whole or not at all; a signal is heeded between two of them, and leaves nothing behind. */
export async function writeFiles(writes: readonly FileWrite[]): Promise<Written> {
  const failures = new Map<string, string>();
  const stop = new AbortController();
  let signal: NodeJS.Signals | undefined;
  const onSignal = (it: NodeJS.Signals): void => {
    signal ??= it;
    stop.abort(new Error(`interrupted by ${it}`));
  };
  for (const it of SIGNALS) process.on(it, onSignal);
  for (const { path, before, text } of writes) {
    try {
      stop.signal.throwIfAborted();
      if (before === undefined) await createFile(path, text, stop.signal);
      else await replaceFile(path, before, text, stop.signal);
    } catch (error) {
      failures.set(path, `${before === undefined ? "not created" : "not written"}: ${reasonOf(error)}`);
    }
  }
  for (const it of SIGNALS) process.off(it, onSignal);
  return { failures, signal };
}

/** What the system says, without its code and the call. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^E[A-Z0-9]+: (.*?), \w+(?: '.*)?$/s.exec(message)?.[1] ?? message;
}
