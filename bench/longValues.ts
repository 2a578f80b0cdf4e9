import { directivesIn, typeIn } from "../server/src/catalog/catalog.ts";
import type { SectionName } from "../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { check } from "../server/src/rules/check.ts";
import { readUnit } from "../server/src/units/readUnit.ts";
import { median } from "./numbers.ts";

const WORDS = 100_000;
const QUOTES = 10_000;
const TARGET = 100;
const SLOWEST = 3;
const ROUNDS = 3;

const KINDS = [
  ["Unit", "service"],
  ["Service", "service"],
  ["Socket", "socket"],
  ["Timer", "timer"],
  ["Path", "path"],
  ["Mount", "mount"],
  ["Install", "service"],
] as const satisfies readonly (readonly [SectionName, string])[];

const VALUES = [
  ["words", "word ".repeat(WORDS)],
  ["paths", "/a/b ".repeat(WORDS)],
  ["units", "a.service ".repeat(WORDS)],
  ["quotes", "\"a' ".repeat(QUOTES)],
] as const;

/** How long a check of one line with an endless value takes, for the slowest value types. */
export function longValues(): string {
  const seen = new Set<string>();
  const taken: { name: string; time: number }[] = [];
  for (const [section, kind] of KINDS) {
    for (const row of directivesIn(section, NEWEST_VERSION)) {
      const type = typeIn(row, NEWEST_VERSION);
      const path = unitPath(`x.${kind}`);
      if (seen.has(type) || !path) continue;
      seen.add(type);
      for (const [what, value] of VALUES) {
        const text = `[${section}]\n${row.name}=${value}\n`;
        const times = Array.from({ length: ROUNDS }, () => {
          const start = performance.now();
          check(readUnit(path, text, NEWEST_VERSION), { profile: "off" });
          return performance.now() - start;
        });
        taken.push({ name: `${row.name}= (${what})`, time: median(times) });
      }
    }
  }
  const slowest = taken.sort((a, b) => b.time - a.time).slice(0, SLOWEST);
  const shown = slowest.map(({ name, time }) => `${name} ${time.toFixed(0)} ms`).join(", ");
  return `check of one value with ${WORDS} words or ${QUOTES} quotes, ${taken.length} cases\n  slowest ${shown}, target under ${TARGET} ms`;
}
