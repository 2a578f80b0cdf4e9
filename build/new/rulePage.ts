import { markdownPage, section } from "../../server/src/features/rulePage.ts";
import type { RuleCode, RuleExamples, RuleText } from "../../server/src/findings/ruleTexts.ts";
import { CODES, FAMILIES, familyOf } from "../../server/src/rules/codes.ts";
import { RULE_PAGES, ruleTables } from "../ruleTables.ts";
import { OPEN, Refusal, type Sources, textOf, type Visit } from "./plan.ts";

/** What the page of a new rule says of it. */
export interface NewSection {
  readonly text: RuleText;
  readonly examples: RuleExamples;
}

const pageOfFamily = (code: string): string => `${RULE_PAGES}/${familyOf(code)}.md`;

/** The page of a family with a section for one more rule, and the tables that are made from all pages. */
export function withSection(
  code: string,
  { text, examples }: NewSection,
  sources: Sources,
): ReadonlyMap<string, string> {
  const own = pageOfFamily(code);
  // The rule is not there yet, so that nothing is found in its examples.
  const added = markdownPage(section(code as RuleCode, text, examples));
  const pages = new Map<string, string>();
  for (const family of Object.keys(FAMILIES)) {
    const path = `${RULE_PAGES}/${family}.md`;
    const page =
      family === "hardening" || !CODES.some((it) => familyOf(it) === family) ? undefined : textOf(sources, path);
    if (page !== undefined) pages.set(path, path === own ? `${page.trimEnd()}\n\n## ${code}\n\n${added}` : page);
  }
  const page = pages.get(own);
  if (page === undefined) throw new Refusal(`${own} is no page of rules`);
  return new Map([[own, page], ...ruleTables(pages)]);
}

/** What is left to do there. */
export const pageVisit = (code: string, more = ""): Visit => ({
  place: pageOfFamily(code),
  todo: `replace each ${OPEN} of "## ${code}"${more}; then npm run docs`,
  toldBy: `test/manifest/sources.test.ts for each ${OPEN} that is left; test/rules/docs.test.ts; test/rules/rules.test.ts runs the examples and the fix`,
});
