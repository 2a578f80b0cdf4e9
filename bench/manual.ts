import { existsSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { inflateRawSync } from "node:zlib";
import { MANUAL_DATA, readBundle } from "../server/src/manual/bundle.ts";
import { type Manual, manualOf } from "../server/src/manual/manual.ts";
import { median } from "./numbers.ts";

const ROUNDS = 5;
const TARGET = 300;
const GROWTH = 15;

/** How long it takes to read all pages of section 5 of the packaged manual, and how much memory its text needs. */
export function manual(dist: string): string {
  const file = `${dist}/${MANUAL_DATA}`;
  if (!existsSync(file)) return `manual: skipped, there is no ${file}`;
  const load = (): Manual =>
    manualOf(readBundle(readFileSync(file), (it, dictionary) => inflateRawSync(it, { dictionary })));
  const before = heap();
  const start = performance.now();
  const kept = load();
  const loaded = performance.now() - start;
  const grown = (heap() - before) / 1e6;
  const pages = kept.pages.filter((it) => it.endsWith("(5)")).map((it) => it.slice(0, -"(5)".length));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const fresh = load();
    const begun = performance.now();
    for (const it of pages) fresh.page(it, "5");
    return performance.now() - begun;
  });
  const [first = Number.NaN] = rounds;
  return [
    `manual of systemd ${kept.version}: ${kept.pages.length} pages opened in ${loaded.toFixed(0)} ms`,
    `  all ${pages.length} of section 5 read in ${first.toFixed(0)} ms at first, ${median(rounds).toFixed(0)} ms in the median, target under ${TARGET} ms`,
    `  ${grown.toFixed(1)} MB kept, target under ${GROWTH} MB`,
  ].join("\n");
}

/** The bytes in use once nothing can be freed. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
