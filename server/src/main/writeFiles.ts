import { realpath } from "node:fs/promises";
import { messageOf } from "../cli/attempts.ts";
import type { FileWrite, WriteFailures } from "../cli/fileWrite.ts";
import { createFile, replaceFile } from "./atomicWrite.ts";
import { isRawPath } from "./nativePath.ts";

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
  const written = new Map<string, string>();
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
      if (isRawPath(path)) throw new Error("its name is not UTF-8");
      if (before === undefined) {
        await createFile(path, text, stop.signal);
        continue;
      }
      // Several paths may lead to one file.
      const real = await realpath(path);
      const done = written.get(real);
      if (done !== undefined && done !== text) throw new Error("another path leads to it, by which it was changed");
      if (done === undefined) await replaceFile(path, before, text, stop.signal);
      written.set(real, text);
    } catch (error) {
      failures.set(path, `${before === undefined ? "not created" : "not written"}: ${messageOf(error)}`);
    }
  }
  for (const it of SIGNALS) process.off(it, onSignal);
  return { failures, signal };
}
