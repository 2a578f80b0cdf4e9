import { bigModule } from "./bigModule.ts";
import { bigService } from "./bigService.ts";
import type { Figure } from "./figure.ts";
import { quantile } from "./numbers.ts";
import { inTurns, openPair } from "./pair.ts";
import type { StdioServer } from "./stdio.ts";

const LINES = 5000;
const MODULE_LINES = 3000;
const WARM_UP = 100;
const KEYS = 200;
/** What else runs on the machine comes in bursts, and servers differ from start to start: each run has its own pair. */
const RUNS = 3;
const TARGET = 4;
const WORST = `p95 over that of the empty server, worst of ${RUNS} runs`;

/** How long a keystroke in a big service takes, against a server that does nothing; the worst of all runs counts. */
export async function typing(dist: string, empty: string): Promise<Figure> {
  const text = bigService(LINES);
  const value = await typedIn(dist, empty, text, "ExecStartPre=/usr/bin/install");
  const what = `typing in ${LINES} lines until diagnostics and lenses are there, ${WORST}`;
  return { what, value, target: TARGET, unit: "ms" };
}

/** The same in a big Nix module. */
export async function typingInModule(dist: string, empty: string): Promise<Figure> {
  const text = bigModule(MODULE_LINES);
  const value = await typedIn(dist, empty, text, '      StateDirectory = "app', "file:///etc/nixos/shop.nix");
  const what = `typing in a Nix module of ${MODULE_LINES} lines until diagnostics and lenses are there, ${WORST}`;
  return { what, value, target: TARGET, unit: "ms" };
}

async function typedIn(dist: string, empty: string, text: string, before: string, uri?: string): Promise<number> {
  const lines = text.split("\n");
  const line = lines.findIndex((it, i) => i > lines.length / 2 && it.startsWith(before));
  const over: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const pair = await openPair(dist, empty, text, uri);
    const { ours, theirs } = await inTurns(pair, KEYS, WARM_UP, (server, key) =>
      press(server, line, before.length, key),
    );
    await pair.stop();
    over.push(quantile(ours, 0.95) - quantile(theirs, 0.95));
  }
  return Math.max(...over);
}

/** Eight characters are typed into the line, then taken away again. */
function press(server: StdioServer, line: number, column: number, i: number): Promise<number> {
  const step = i % 16;
  return step < 8 ? server.type(line, column + step, true) : server.type(line, column + 15 - step, false);
}
