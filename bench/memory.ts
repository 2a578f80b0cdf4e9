import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { bigService } from "./bigService.ts";
import type { Figure } from "./figure.ts";
import { median } from "./numbers.ts";
import { type Pair, startPair } from "./pair.ts";
import type { StdioServer } from "./stdio.ts";

const LINES = 5000;
const EDITS = 1000;
const COLUMN = "ExecStartPre=/usr/bin/install".length;
const REST = 3000;
const ROUNDS = 3;

/** How much more memory a server has than one that does nothing, after its start and after many edits of a big unit. */
export async function memory(dist: string, empty: string): Promise<Figure[]> {
  if (process.platform !== "linux") return [];
  const rounds: Grown[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await grown(dist, empty));
  return [
    {
      what: "memory after the start, more than the empty server",
      value: median(rounds.map((it) => it.started)),
      target: 25,
      unit: "MB",
    },
    {
      what: `memory after ${EDITS} edits of ${LINES} lines, more than the empty server`,
      value: median(rounds.map((it) => it.edited)),
      target: 50,
      unit: "MB",
    },
  ];
}

/** Megabytes over those of the other server. */
interface Grown {
  readonly started: number;
  readonly edited: number;
}

async function grown(dist: string, empty: string): Promise<Grown> {
  const pair = startPair(dist, empty);
  const text = bigService(LINES);
  const small = text.split("\n").slice(0, 11).join("\n");
  await pair.ours.open(small);
  await pair.theirs.open(small);
  await setTimeout(REST);
  const started = over(pair);
  await pair.ours.replace(text);
  await pair.theirs.replace(text);
  const line = text.split("\n").findIndex((it, i) => i > LINES / 2 && it.startsWith("ExecStartPre=/usr/bin/install"));
  for (let i = 0; i < EDITS; i++) {
    const step = i % 16;
    const press = (server: StdioServer): Promise<number> =>
      server.type(line, COLUMN + (step < 8 ? step : 15 - step), step < 8);
    await press(pair.ours);
    await press(pair.theirs);
  }
  const edited = over(pair);
  await pair.stop();
  return { started, edited };
}

/** Resident megabytes of ours without those of the other. */
const over = ({ ours, theirs }: Pair): number => resident(ours) - resident(theirs);

function resident({ pid }: StdioServer): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
