import { readdirSync, readFileSync } from "node:fs";
import type { Example, StoredExample, StoredRun } from "../server/src/findings/ruleTexts.ts";
import { readRulePage, type WrittenRule } from "./readRulePages.ts";

/** Where the pages of the rules stand. */
export const RULE_PAGES = "docs/rules";

/** The pages there that say what stands elsewhere. */
const MADE_PAGES: readonly string[] = ["README.md", "hardening.md"];

/** The pages there that describe rules, by their paths. */
export const rulePageTexts = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(RULE_PAGES)
      .filter((it) => it.endsWith(".md") && !MADE_PAGES.includes(it))
      .sort()
      .map((it) => [`${RULE_PAGES}/${it}`, readFileSync(`${RULE_PAGES}/${it}`, "utf8")]),
  );

/** What pages say of their rules, as the program reads it: a table of texts and one of examples, by their paths. */
export function ruleTables(pages: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const rules = new Map<string, WrittenRule>();
  for (const [path, text] of pages)
    for (const [code, rule] of readRulePage(path, text)) {
      if (`${RULE_PAGES}/${code.split("/")[0]}.md` !== path)
        throw new Error(`${path}: ${code} belongs to another page`);
      rules.set(code, rule);
    }
  const texts = [...rules].map(([code, { title, why, page }]) => [code, { title, why, page }] as const);
  const examples = [...rules].flatMap(([code, { examples: shown }]) => {
    if (!shown) return [];
    const { bad, good, silent } = shown;
    return [[code, { bad: stored(bad), good: stored(good), ...(silent && { silent: silent.map(stored) }) }] as const];
  });
  return new Map([
    ["data/rules/texts.json", table(texts)],
    ["data/rules/examples.json", table(examples)],
  ]);
}

/** An example whose runs of one character stand there once. */
function stored({ text, ...rest }: Example): StoredExample {
  const parts = text.match(/(.)\1{499,}|(?:(?!(.)\2{499}).)+/gs) ?? [];
  return { ...rest, text: parts.length > 1 ? parts.map(runOf) : text };
}

const runOf = (part: string): StoredRun => (/^(.)\1{499,}$/s.test(part) ? [part.charAt(0), part.length] : [part, 1]);

/** A line for each rule, so that a change of one is a change of a line. */
const table = (rows: readonly (readonly [code: string, row: object])[]): string =>
  `{ "rules": {\n${rows.map(([code, row]) => `${JSON.stringify(code)}: ${JSON.stringify(row)}`).join(",\n")}\n} }\n`;
