import { setTimeout } from "node:timers/promises";
import type { Figure } from "./figure.ts";
import { median } from "./numbers.ts";
import { startPair } from "./pair.ts";

const ROUNDS = 5;
const LATER = 20;
/** What a reader needs at least to begin to type, in milliseconds. */
const PAUSE = 1000;
const TEXT = "[Service]\nType=simple\nExecStart=/usr/bin/app\nProt";

/** How much longer the first completion and the first hover of a session take than later ones. */
export async function firstRequests(dist: string, empty: string): Promise<Figure[]> {
  const completions: number[] = [];
  const hovers: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const { ours, stop } = startPair(dist, empty);
    await ours.open(TEXT);
    await setTimeout(PAUSE);
    completions.push(await firstOver(async () => (await ours.complete(3, "Prot".length)).taken));
    hovers.push(await firstOver(async () => (await ours.hover(1, 1)).taken));
    await stop();
  }
  return [
    { what: "the first completion, longer than later ones", value: median(completions), target: 15, unit: "ms" },
    { what: "the first hover, longer than later ones", value: median(hovers), target: 15, unit: "ms" },
  ];
}

async function firstOver(ask: () => Promise<number>): Promise<number> {
  const first = await ask();
  const later: number[] = [];
  for (let i = 0; i < LATER; i++) later.push(await ask());
  return first - median(later);
}
