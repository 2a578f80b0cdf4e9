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
): Promise<Record<"ours" | "theirs", number[]>> {
  const taken: Record<"ours" | "theirs", number[]> = { ours: [], theirs: [] };
  for (let i = 0; i < warmUp + rounds; i++) {
    const [ours, theirs] = [await measure(pair.ours, i), await measure(pair.theirs, i)];
    if (i < warmUp) continue;
    taken.ours.push(ours);
    taken.theirs.push(theirs);
  }
  return taken;
}

/** A quantile of both, their difference and their ratio. */
export function compared({ ours, theirs }: Record<"ours" | "theirs", number[]>, share: number): string {
  const [own, base] = [quantile(ours, share), quantile(theirs, share)];
  return `${own.toFixed(2)} ms - ${base.toFixed(2)} ms = ${(own - base).toFixed(2)} ms (× ${(own / base).toFixed(1)})`;
}
