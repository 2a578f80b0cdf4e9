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

/** Makes the bundle of the server that does nothing, in a folder. */
export async function bundleEmptyServer(folder: string): Promise<string> {
  const outfile = `${folder}/empty.cjs`;
  await build({
    entryPoints: ["bench/emptyServer.ts"],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    logLevel: "warning",
  });
  return outfile;
}

/** Starts both servers, `empty` being the bundle of the one that does nothing. */
export function startPair(dist: string, empty: string, uri = URI): Pair {
  const ours = new StdioServer([`${dist}/server.js`, "--stdio"], uri);
  const theirs = new StdioServer([empty, "--stdio"], uri);
  return {
    ours,
    theirs,
    async stop() {
      await Promise.all([ours.stop(), theirs.stop()]);
    },
  };
}

/** The same with a service open in both, or with the text of another file. */
export async function openPair(dist: string, empty: string, text: string, uri = URI): Promise<Pair> {
  const pair = startPair(dist, empty, uri);
  await pair.ours.open(text);
  await pair.theirs.open(text);
  return pair;
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

function told(own: number, base: number): string {
  return `${own.toFixed(2)} ms - ${base.toFixed(2)} ms = ${(own - base).toFixed(2)} ms (× ${(own / base).toFixed(1)})`;
}
