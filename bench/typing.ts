import { bigService } from "./bigService.ts";
import type { Figure } from "./figure.ts";
import { quantile } from "./numbers.ts";
import { inTurns, openPair } from "./pair.ts";
import type { StdioServer } from "./stdio.ts";

const LINES = 5000;
const WARM_UP = 100;
const KEYS = 200;
/** What else runs on the machine comes in bursts, and servers differ from start to start: each run has its own pair. */
const RUNS = 3;
const TARGET = 4;

/** How long a keystroke in a big service takes, against a server that does nothing; the worst of all runs counts. */
export async function typing(dist: string, empty: string): Promise<Figure> {
  const text = bigService(LINES);
  const line = text.split("\n").findIndex((it, i) => i > LINES / 2 && it.startsWith("ExecStartPre=/usr/bin/install"));
  const over: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const pair = await openPair(dist, empty, text);
    const { ours, theirs } = await inTurns(pair, KEYS, WARM_UP, (server, key) => press(server, line, key));
    await pair.stop();
    over.push(quantile(ours, 0.95) - quantile(theirs, 0.95));
  }
  const what = `typing in ${LINES} lines until diagnostics and lenses are there, p95 over that of the empty server, worst of ${RUNS} runs`;
  return { what, value: Math.max(...over), target: TARGET, unit: "ms" };
}

const COLUMN = "ExecStartPre=/usr/bin/install".length;

/** Eight characters are typed into the line, then taken away again. */
function press(server: StdioServer, line: number, i: number): Promise<number> {
  const step = i % 16;
  return step < 8 ? server.type(line, COLUMN + step, true) : server.type(line, COLUMN + 15 - step, false);
}
