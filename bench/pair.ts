import { build } from "esbuild";
import { quantile } from "./numbers.ts";
import { StdioServer } from "./stdio.ts";

/** Our server and one that does nothing, with the same text open in both. */
export interface Pair {
  readonly ours: StdioServer;
  readonly theirs: StdioServer;
  stop(): Promise<void>;
}

const URI = "file:///etc/systemd/system/big.service";

/** Starts both servers on a service; `folder` takes the bundle of the empty one. */
export async function openPair(dist: string, folder: string, text: string): Promise<Pair> {
  const empty = `${folder}/empty.cjs`;
  await build({
    entryPoints: ["bench/emptyServer.ts"],
    outfile: empty,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    logLevel: "warning",
  });
  const ours = new StdioServer([`${dist}/server.js`, "--stdio"], URI);
  const theirs = new StdioServer([empty, "--stdio"], URI);
  await ours.open(text);
  await theirs.open(text);
  return {
    ours,
    theirs,
    async stop() {
      await Promise.all([ours.stop(), theirs.stop()]);
    },
  };
}

/** Measures both in turns, so that whatever else the machine does falls on both; the first `warmUp` rounds do not count. */
export async function inTurns(
  pair: Pair,
  rounds: number,
  warmUp: number,
  measure: (server: StdioServer, round: number) => Promise<number>,
): Promise<Taken> {
  const taken: Record<"ours" | "theirs", number[]> = { ours: [], theirs: [] };
  for (let i = 0; i < warmUp + rounds; i++) {
    const [ours, theirs] = [await measure(pair.ours, i), await measure(pair.theirs, i)];
    if (i < warmUp) continue;
    taken.ours.push(ours);
    taken.theirs.push(theirs);
  }
  return taken;
}

/** What both took, one list for each server. */
type Taken = Record<"ours" | "theirs", readonly number[]>;

/** A quantile of both, their difference and their ratio. */
export function compared({ ours, theirs }: Taken, share: number): string {
  return told(quantile(ours, share), quantile(theirs, share));
}

/** The same of the round in the middle, by the difference, with the smallest and the largest difference. */
export function middle(rounds: readonly Taken[], share: number): string {
  const pairs = rounds.map(({ ours, theirs }) => [quantile(ours, share), quantile(theirs, share)] as const);
  const sorted = pairs.toSorted(([a, b], [c, d]) => a - b - (c - d));
  const differences = sorted.map(([own, base]) => (own - base).toFixed(2));
  const [own, base] = sorted[sorted.length >> 1] ?? [Number.NaN, Number.NaN];
  return `${told(own, base)}, from ${differences[0]} to ${differences.at(-1)} ms`;
}

function told(own: number, base: number): string {
  return `${own.toFixed(2)} ms - ${base.toFixed(2)} ms = ${(own - base).toFixed(2)} ms (× ${(own / base).toFixed(1)})`;
}
