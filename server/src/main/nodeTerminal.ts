import { createInterface } from "node:readline";
import { onOneLine } from "../text/printable.ts";

/** Asks a question that yes or no answers, where somebody sits at a terminal; everything but a yes is a no. */
export async function askTerminal(question: string, stop?: AbortSignal): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  process.stderr.write(`${onOneLine(question)} [y/N] `);
  return /^\s*y(?:es)?\s*$/i.test((await oneLine(stop)) ?? "");
}

/** Waits for a line, where somebody sits at a terminal. */
export async function enterKey(stop?: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  await oneLine(stop);
  return true;
}

/** The next line of standard input; undefined at its end or where this is to stop. */
function oneLine(stop: AbortSignal | undefined): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin });
  return new Promise((done) => {
    const end = (line?: string): void => {
      stop?.removeEventListener("abort", onStop);
      lines.close();
      done(line);
    };
    const onStop = (): void => end();
    lines.once("line", end);
    lines.once("close", () => end());
    stop?.addEventListener("abort", onStop);
    if (stop?.aborted) end();
  });
}
