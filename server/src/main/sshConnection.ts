import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { RunOptions } from "../cli/machine.ts";
import type { RemoteShell } from "../cli/ssh/remoteMachine.ts";
import {
  endLine,
  introduction,
  lockLine,
  remoteReader,
  remoteShell,
  requestLine,
  type ScriptAnswer,
  SIGN_LINE,
  SIGN_SECONDS,
  SILENCE_SECONDS,
  UNLOCK_LINE,
} from "../cli/ssh/remoteShell.ts";
import { ANSWER_SECONDS, type Between, becomeRoot, NoRoot, type RootCall } from "./becomeRoot.ts";
import { earlyEnd } from "./earlyEnd.ts";

/** So many seconds the other end has to close a connection. */
const CLOSING_SECONDS = 5;

/** A shell on another machine, and its end. */
export interface SshConnection extends RemoteShell {
  /** Whether it was lost: nothing can be asked over it any more. */
  isLost(): boolean;
  close(): Promise<void>;
}

/** What a connection is made with. */
export interface SshCall extends RootCall {
  /** The program that leads to a plain shell over there, with its arguments. */
  readonly words: readonly string[];
  /** Shows a line of what ssh, or the other end, says. */
  readonly say: (line: string) => void;
  readonly stop?: AbortSignal;
}

/** Connects; throws with a sentence where that fails, where nobody becomes root there, or where it is stopped. */
export async function connectBySsh(call: SshCall): Promise<SshConnection> {
  const { host, stop } = call;
  const token = randomUUID();
  const wire = openWire(call, token);
  const onStop = (): void => wire.lose(new Error(`interrupted before ${host} answered`));
  stop?.addEventListener("abort", onStop);
  try {
    const [uid = "", system = ""] = await wire.ask(introduction(token));
    // Where sudo does not let us, it ends, and the connection with it.
    if (uid !== "0")
      await becomeRoot(wire, call, token).catch((error: unknown) => {
        throw stop?.aborted || error instanceof NoRoot ? error : new NoRoot(host);
      });
    const [pid = ""] = await wire.ask(remoteShell(token), ANSWER_SECONDS);
    wire.beat();
    return {
      host,
      uid: 0,
      pid: Number(pid),
      platform: system.toLowerCase(),
      run: wire.run,
      lock: wire.lock,
      unlock: () => wire.send(UNLOCK_LINE),
      isLost: wire.isLost,
      close: wire.close,
    };
  } catch (error) {
    await wire.close();
    throw error;
  } finally {
    stop?.removeEventListener("abort", onStop);
  }
}

/** Who waits for something from the other end. */
interface Waiting<T> {
  readonly done: (it: T) => void;
  readonly failed: (error: Error) => void;
}

function openWire({ host, words, say }: SshCall, token: string) {
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, { stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  let lost: Error | undefined;
  let heard = Date.now();
  let lastSaid = "";
  let between: Between | undefined;
  let hello: Waiting<readonly string[]> | undefined;
  const answers = new Map<number, Waiting<ScriptAnswer>>();
  const heartbeat: { timer?: NodeJS.Timeout } = {};
  let isClosing = false;
  const ended = new Promise<void>((done) => {
    child.on("exit", () => done());
    child.on("error", () => done());
  });
  const lose = (error: Error): void => {
    if (lost) return;
    lost = error;
    clearInterval(heartbeat.timer);
    for (const it of [hello, ...answers.values()]) it?.failed(error);
    hello = undefined;
    answers.clear();
    if (!isClosing) child.kill("SIGKILL");
  };
  const gone = (): Error =>
    new Error(
      `${heartbeat.timer ? `the connection to ${host} is lost` : `no connection to ${host}`}${lastSaid && `: ${lastSaid}`}`,
    );
  child.on("error", (error) => lose(new Error(`ssh does not start: ${error.message}`)));
  // What it said last comes a moment later.
  child.on("exit", () => setTimeout(() => lose(gone()), 50));
  child.stdin?.on("error", () => undefined);
  const read = remoteReader(token, (event) => {
    if (event.kind === "words") hello?.done(event.words);
    else {
      answers.get(event.id)?.done(event.answer);
      answers.delete(event.id);
    }
  });
  child.stdout?.on("data", (piece: Buffer) => {
    heard = Date.now();
    read(piece);
  });
  eachLine(child, (line) => {
    heard = Date.now();
    if (line === token || line.trim() === "") return;
    if (line === between?.line) {
      between.answer().catch((error: Error) => lose(error));
      return;
    }
    lastSaid = line.replace(/^ssh: /, "");
    if (!isClosing) say(`${host}: ${line}`);
  });
  const send = (text: string): void => {
    if (!lost) child.stdin?.write(text);
  };
  const waitFor = <T>(put: (it: Waiting<T>) => void): Promise<T> =>
    new Promise((done, failed) => {
      if (lost) failed(lost);
      else put({ done, failed });
    });
  let last = 0;
  const runNow = async (script: string, { input, seconds, stop }: RunOptions): Promise<ScriptAnswer> => {
    const id = ++last;
    const early = earlyEnd({ seconds, stop }, (signal) => send(endLine(id, signal)));
    try {
      const answer = waitFor<ScriptAnswer>((it) => answers.set(id, it));
      send(requestLine(id, script, input));
      if (stop?.aborted) early.end();
      const { status, ...outputs } = await answer;
      return { ...outputs, status: early.statusOf(status) };
    } finally {
      early.clear();
    }
  };
  let before: Promise<unknown> = Promise.resolve();
  return {
    lose,
    send,
    isLost: () => lost !== undefined,
    /** Sends a text, and waits for the line that answers it. */
    async ask(text: string, wait?: number | Between): Promise<readonly string[]> {
      // A reader has the time that it takes to type.
      const seconds = typeof wait === "number" ? wait : undefined;
      between = typeof wait === "number" ? undefined : wait;
      const answer = waitFor<readonly string[]>((it) => {
        hello = it;
      });
      const late = (): void => lose(new Error(`${host} gives no answer`));
      const timer = seconds === undefined ? undefined : setTimeout(late, seconds * 1000);
      send(text);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
        between = undefined;
      }
    },
    /** One after the other. */
    run(script: string, options: RunOptions = {}): Promise<ScriptAnswer> {
      const answer = before.then(() => runNow(script, options));
      before = answer.catch(() => undefined);
      return answer;
    },
    async lock(path: string): Promise<number> {
      const id = ++last;
      const answer = waitFor<ScriptAnswer>((it) => answers.set(id, it));
      send(lockLine(id, path));
      return (await answer).status;
    },
    /** From now on silence is a loss. */
    beat(): void {
      heartbeat.timer = setInterval(() => {
        if (Date.now() - heard > SILENCE_SECONDS * 1000)
          lose(new Error(`the connection to ${host} is lost: nothing was heard for ${SILENCE_SECONDS} s`));
        send(SIGN_LINE);
      }, SIGN_SECONDS * 1000);
    },
    async close(): Promise<void> {
      isClosing = true;
      clearInterval(heartbeat.timer);
      child.stdin?.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), CLOSING_SECONDS * 1000);
      await ended;
      clearTimeout(timer);
      for (const it of [child.stdout, child.stderr]) it?.destroy();
    },
  };
}

function eachLine({ stderr }: ChildProcess, take: (line: string) => void): void {
  let open = "";
  stderr?.on("data", (piece: Buffer) => {
    const lines = (open + piece.toString("utf8")).split(/\r?\n/);
    open = (lines.pop() ?? "").slice(-10_000);
    for (const it of lines) take(it);
  });
}
