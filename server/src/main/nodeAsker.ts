import type { Asker } from "../cli/dialogue.ts";
import { answeredLine, asLine } from "./nodeTerminal.ts";

/** Where somebody types keys. */
interface KeyTerminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?: (isRaw: boolean) => unknown };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Whoever sits at a terminal; undefined where nobody does. */
export function nodeAsker({ stdin, stderr }: KeyTerminal = process): Asker | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return {
    say: (text) => void stderr.write(`${text.split("\n").map(asLine).join("\n")}\n`),
    async line(question) {
      stderr.write(`${asLine(question)} `);
      return answeredLine(stdin, undefined);
    },
    async key(question, keys) {
      stderr.write(`${asLine(question)} `);
      for (;;) {
        const typed = await oneKey(stdin);
        const key = keyIn(typed);
        if (key !== undefined && key !== "" && !(key.length === 1 && keys.includes(key))) continue;
        stderr.write(`${key ?? ""}\n`);
        return key;
      }
    },
  };
}

/** The key in what a terminal sent: who types an answer before it is asked for sends Enter with it. */
function keyIn(typed: string | undefined): string | undefined {
  if (typed === undefined || typed === "\u0004") return undefined;
  return typed.split(/[\r\n]/, 1)[0]?.toLowerCase();
}

/** The next key of a terminal; undefined at its end. Ctrl+C ends the program, as it does while nothing is asked. */
async function oneKey(stdin: KeyTerminal["stdin"]): Promise<string | undefined> {
  stdin.setRawMode?.(true);
  const typed = await new Promise<string | undefined>((done) => {
    const onData = (data: Buffer | string): void => end(String(data));
    const onEnd = (): void => end(undefined);
    const end = (text: string | undefined): void => {
      stdin.off("data", onData);
      stdin.off("end", onEnd);
      stdin.pause();
      done(text);
    };
    stdin.on("data", onData);
    stdin.on("end", onEnd);
    stdin.resume();
  });
  stdin.setRawMode?.(false);
  if (typed === "\u0003") process.kill(process.pid, "SIGINT");
  return typed;
}
