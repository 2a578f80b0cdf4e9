import type fc from "fast-check";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { type HostileUnit, mutate } from "./mutate.ts";
import type { Random } from "./random.ts";
import { SHOWN_RULES } from "./ruleExamples.ts";
import { madeBy } from "./shrunk.ts";

const EXAMPLES: readonly Example[] = SHOWN_RULES.flatMap(({ bad, good, silent = [] }) => [bad, good, ...silent]);
const LINES: readonly string[] = EXAMPLES.flatMap(({ text }) => text.split("\n").filter((it) => it.includes("=")));
const VALUES: readonly string[] = LINES.map((it) => it.slice(it.indexOf("=") + 1));
const WORDS: readonly string[] = [...new Set(VALUES.flatMap((it) => it.split(/\s+/)))];

/** An example of a rule with lines, values and words of others: what one rule puts right may be another one's concern. */
export const mutatedExample: fc.Arbitrary<HostileUnit> = madeBy(exampleUnit);

/** Makes one such unit. */
export function exampleUnit(random: Random): HostileUnit {
  const { path = "x.service", text } = random.pick(EXAMPLES);
  let lines = text.split("\n");
  for (let i = 1 + random.below(4); i > 0; i--) lines = random.pick(CHANGES)(random, lines);
  const changed = lines.join("\n");
  return { path, text: random.chance(0.2) ? mutate(random, changed, 1) : changed, dropIns: [] };
}

type Change = (random: Random, lines: string[]) => string[];

/** Changes the value of a line that has one. */
const inValue =
  (change: (random: Random, value: string) => string): Change =>
  (random, lines) => {
    const at = random.below(lines.length);
    const [, key, value = ""] = /^([^=]*=)(.*)$/s.exec(lines[at] ?? "") ?? [];
    return key === undefined ? lines : lines.with(at, key + change(random, value));
  };

const inWords = (change: (random: Random, words: string[]) => string[]): Change =>
  inValue((random, value) => change(random, value.split(" ")).join(" "));

const insertLine = (random: Random, lines: string[], line: string): string[] =>
  lines.toSpliced(random.below(lines.length + 1), 0, line);

const CHANGES: readonly Change[] = [
  (random, lines) => insertLine(random, lines, random.pick(LINES)),
  (random, lines) => insertLine(random, lines, random.pick(lines)),
  (random, lines) => [...lines, ...random.pick(EXAMPLES).text.split("\n")],
  (random, lines) => lines.toSpliced(random.below(lines.length), 1),
  (random, lines) => lines.with(random.below(lines.length), random.pick(LINES)),
  inValue((random) => random.pick(VALUES)),
  inValue((random, value) => `${value} ${random.pick(VALUES)}`),
  inWords((random, words) => words.with(random.below(words.length), random.pick(WORDS))),
  inWords((random, words) => words.toSpliced(random.below(words.length + 1), 0, random.pick(WORDS))),
  inValue((random, value) => {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick([..."\\%\"' ,:;=~-+!@#/*."]) + value.slice(at);
  }),
  inValue((random, value) => {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + value.slice(at + 1);
  }),
];
