import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as passed } from "node:timers/promises";
import type { Ran, RunOptions } from "../cli/machine.ts";
import { earlyEnd } from "./earlyEnd.ts";

/** More output of a program than this is not kept. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/** Runs a program to its end, in a session of its own: the keys of the terminal do not reach it. */
export function runProgram(
  argv: readonly string[],
  { input, seconds, stop, meanwhile }: RunOptions = {},
): Promise<Ran> {
  const [program = "", ...words] = argv;
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  const [stdout, stderr] = [kept(child.stdout), kept(child.stderr)];
  // A program need not read what it is given.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input ?? "");
  const early = earlyEnd({ seconds, stop }, (signal) => kill(child, `SIG${signal}`));
  let isOver = false;
  const looks =
    meanwhile &&
    lookAgainAndAgain(meanwhile, () => isOver).catch((error: unknown) => {
      early.end();
      throw error;
    });
  // Who waits for it below takes its failure.
  looks?.catch(() => undefined);
  const ran = new Promise<Ran>((done) => {
    let wait: NodeJS.Timeout | undefined;
    const finish = (status: number, problem = ""): void => {
      isOver = true;
      early.clear();
      clearTimeout(wait);
      done({ status: early.statusOf(status), stdout: stdout(), stderr: problem || stderr() });
    };
    child.on("error", (error) => finish(127, error.message));
    child.on("exit", (status, signal) => {
      const code = status ?? 128 + numberOf(signal);
      child.on("close", () => finish(code));
      // What it left behind may hold its output open.
      wait = setTimeout(() => finish(code), 500);
    });
  });
  return looks ? ran.then((it) => looks.then(() => it)) : ran;
}

/** So many milliseconds are between two looks at what happens meanwhile; the end is noticed sooner. */
const LOOK = 2000;
const TICK = 50;

async function lookAgainAndAgain(look: () => Promise<void>, isOver: () => boolean): Promise<void> {
  for (let last = Date.now(); !isOver(); ) {
    await passed(TICK);
    if (isOver() || Date.now() - last < LOOK) continue;
    await look();
    last = Date.now();
  }
}

const numberOf = (signal: NodeJS.Signals | null): number => (signal ? constants.signals[signal] : 0);

/** Collects what comes, and asks for it at the end. */
function kept(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = [];
  let length = 0;
  stream.on("data", (piece: Buffer) => {
    if (length < MOST_OUTPUT) pieces.push(piece);
    length += piece.length;
  });
  return () => Buffer.concat(pieces).toString("utf8");
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
