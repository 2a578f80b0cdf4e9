import { createInterface, type ReadLineOptions } from "node:readline";
import { Writable } from "node:stream";
import { shown } from "../cli/outcome.ts";
import { onOneLine } from "../text/printable.ts";

/** Where somebody may sit. */
interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Shows a line of progress, in which nothing acts: it may name files, and repeat what a service printed. */
export function sayOnTerminal(line: string, { stderr }: Pick<Terminal, "stderr"> = process): void {
  stderr.write(`${asLine(`unit-warden: ${line}`)}\n`);
}

/** Asks a question that yes or no answers, where somebody sits at a terminal; everything but a yes is a no. */
export async function askTerminal(
  question: string,
  stop?: AbortSignal,
  { stdin, stderr }: Terminal = process,
): Promise<boolean | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  stderr.write(`${asLine(question)} [y/N] `);
  const answer = await answeredLine(stdin, stop);
  // What is said next begins a line.
  if (answer === undefined) stderr.write("\n");
  return /^\s*y(?:es)?\s*$/i.test(answer ?? "");
}

/** Asks for a text that nobody is to see, where somebody sits at a terminal; undefined where nobody does, or where this is to stop. */
export async function askSecret(
  question: string,
  stop?: AbortSignal,
  { stdin, stderr }: Terminal = process,
): Promise<string | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  // A terminal of readline shows what is typed where its output goes; by itself it would show what is typed until then.
  const output = new Writable({ write: (_, __, done) => done() });
  const answer = answeredLine(stdin, stop, { output, terminal: true, historySize: 0 });
  stderr.write(`${asLine(question)} `);
  await answer;
  stderr.write("\n");
  return answer;
}

/** A text in which nothing acts on a terminal, on one line. */
export const asLine = (text: string): string =>
  shown({ text: onOneLine(text), as: "report" }, { colours: false, progress: () => undefined });

/** Waits for a line, where somebody sits at a terminal. */
export async function enterKey(stop?: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  await answeredLine(process.stdin, stop);
  return true;
}

/** The next line of an input; undefined at its end or where this is to stop. */
export function answeredLine(
  input: NodeJS.ReadableStream,
  stop: AbortSignal | undefined,
  more: Partial<ReadLineOptions> = {},
): Promise<string | undefined> {
  const lines = createInterface({ input, ...more });
  return new Promise((done) => {
    const end = (line?: string): void => {
      stop?.removeEventListener("abort", onStop);
      // Closing reports an end at once, which is too late then.
      done(line);
      lines.close();
    };
    const onStop = (): void => end();
    lines.once("line", end);
    lines.once("close", () => end());
    // While keys are read one by one, the terminal makes no signal of this one.
    lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    stop?.addEventListener("abort", onStop);
    if (stop?.aborted) end();
  });
}
