import { build } from "esbuild";
import { bigService } from "./bigService.ts";
import { quantile } from "./numbers.ts";
import { StdioServer } from "./stdio.ts";

const LINES = 5000;
const WARM_UP = 100;
const KEYS = 400;
const TARGET = 5;

/** How long a keystroke in a big service takes, against a server that does nothing. */
export async function typing(dist: string, folder: string): Promise<string> {
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
  const uri = "file:///etc/systemd/system/big.service";
  const ours = new StdioServer([`${dist}/server.js`, "--stdio"], uri);
  const theirs = new StdioServer([empty, "--stdio"], uri);
  const text = bigService(LINES);
  await ours.open(text);
  await theirs.open(text);
  const line = text.split("\n").findIndex((it, i) => i > LINES / 2 && it.startsWith("ExecStartPre=/usr/bin/install"));
  const taken: Record<"ours" | "theirs", number[]> = { ours: [], theirs: [] };
  // In turns, so that whatever else the machine does falls on both.
  for (let i = 0; i < WARM_UP + KEYS; i++) {
    const pair = { ours: await key(ours, line, i), theirs: await key(theirs, line, i) };
    if (i < WARM_UP) continue;
    taken.ours.push(pair.ours);
    taken.theirs.push(pair.theirs);
  }
  await Promise.all([ours.stop(), theirs.stop()]);
  const row = (share: number): string => {
    const [own, base] = [quantile(taken.ours, share), quantile(taken.theirs, share)];
    return `${own.toFixed(2)} ms - ${base.toFixed(2)} ms = ${(own - base).toFixed(2)} ms (× ${(own / base).toFixed(1)})`;
  };
  return [
    `typing in ${LINES} lines, change → diagnostics and lenses, ours - empty server, ${KEYS} keys`,
    `  p50 ${row(0.5)}`,
    `  p95 ${row(0.95)}, target under ${TARGET} ms`,
  ].join("\n");
}

const COLUMN = "ExecStartPre=/usr/bin/install".length;

/** Eight characters are typed into the line, then taken away again. */
function key(server: StdioServer, line: number, i: number): Promise<number> {
  const step = i % 16;
  return step < 8 ? server.type(line, COLUMN + step, true) : server.type(line, COLUMN + 15 - step, false);
}
