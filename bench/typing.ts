import { bigService } from "./bigService.ts";
import { inTurns, middle, openPair } from "./pair.ts";
import type { StdioServer } from "./stdio.ts";

const LINES = 5000;
const WARM_UP = 100;
const KEYS = 200;
/** What else runs on the machine comes in bursts: the middle one of some rounds tells more than one long round. */
const ROUNDS = 7;
const TARGET = 5;

/** How long a keystroke in a big service takes, against a server that does nothing. */
export async function typing(dist: string, folder: string): Promise<string> {
  const text = bigService(LINES);
  const pair = await openPair(dist, folder, text);
  const line = text.split("\n").findIndex((it, i) => i > LINES / 2 && it.startsWith("ExecStartPre=/usr/bin/install"));
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++)
    rounds.push(await inTurns(pair, KEYS, i === 0 ? WARM_UP : 0, (server, key) => press(server, line, key)));
  await pair.stop();
  return [
    `typing in ${LINES} lines, change → diagnostics and lenses, ours - empty server, median of ${ROUNDS} rounds of ${KEYS} keys`,
    `  p50 ${middle(rounds, 0.5)}`,
    `  p95 ${middle(rounds, 0.95)}, target under ${TARGET} ms`,
  ].join("\n");
}

const COLUMN = "ExecStartPre=/usr/bin/install".length;

/** Eight characters are typed into the line, then taken away again. */
function press(server: StdioServer, line: number, i: number): Promise<number> {
  const step = i % 16;
  return step < 8 ? server.type(line, COLUMN + step, true) : server.type(line, COLUMN + 15 - step, false);
}
