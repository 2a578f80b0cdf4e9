import { CONFIGURATION_RULES } from "../../configuration/configurationRules.ts";
import { ADVICE_RULES } from "../../dialects/dialects.ts";
import { type Example, type RuleCode, ruleExamples } from "../../findings/ruleTexts.ts";
import { SUMMARY_RULE } from "../../hardening/summary.ts";
import { RULES } from "../../rules/allRules.ts";
import { textOfCode } from "../../rules/codes.ts";
import { PLAIN_RULES } from "../../rules/notRead.ts";
import { ruleFacts, silencingOf } from "../../rules/ruleFacts.ts";
import { barelyMarked } from "../../text/ownMarkdown.ts";
import { type Explanation, indented } from "./layout.ts";

/** A rule by its code: what it finds, why, and an example of both ways. */
export function explainRule(code: string): Explanation[] {
  const plain = [SUMMARY_RULE, ...PLAIN_RULES].find((it) => it.code === code);
  const text = textOfCode(code);
  if (plain && text) return explained({ ...text, code }, [barelyMarked(text.why)], text.page);
  const rule = RULES.find((it) => it.code === code);
  const examples = rule && ruleExamples(rule.code);
  if (!text || !rule || !examples) return [...explainAdvice(code), ...explainConfiguration(code)];
  const { bad, good } = examples;
  const parts = [
    sentence(barelyMarked(text.why)),
    ...example(bad.path === undefined && bad.otherFiles ? "Found in a unit" : "Found in", bad),
    ...example(good.path === undefined ? "Put right" : "Put right in", good),
    severity(rule.code),
  ];
  return explained({ ...text, code }, parts, text.page);
}

/** A code of the hardening advice. */
function explainAdvice(code: string): Explanation[] {
  const rule = ADVICE_RULES.find((it) => it.code === code);
  if (!rule) return [];
  const parts = [
    sentence(rule.why),
    `The ${rule.tier} profile asks for it and offers ${rule.directive}=${rule.value}, where that suits the service.`,
    `May break: ${sentence(rule.breaks)}`,
    `How that shows: ${sentence(rule.shows)}`,
  ];
  return explained(rule, parts, `${rule.page}, or unit-warden explain ${rule.directive}`);
}

/** What is found in a configuration itself. */
function explainConfiguration(code: string): Explanation[] {
  const rule = CONFIGURATION_RULES.find((it) => it.code === code);
  return rule ? [{ title: `${code}: ${rule.title}`, parts: [rule.why, "More: docs/configuration.md"] }] : [];
}

/** What is said of a rule, then how it is suppressed and where there is more. */
function explained(
  { code, title }: { readonly code: string; readonly title: string },
  parts: Explanation["parts"],
  more: string,
): Explanation[] {
  const { comment, setting } = silencingOf(code);
  const how = "To silence it, above the line, or in the settings of an editor:";
  const lines = (): string => indented(`${comment}\n${setting}`);
  return [{ title: `${code}: ${barelyMarked(title)}`, parts: [...parts, how, lines, `More: ${more}`] }];
}

/** How loud the rule is, and what it offers. */
function severity(code: RuleCode): string {
  const facts = ruleFacts(code);
  const fix = { none: "", offered: ", with a fix to choose", safe: ", with a fix that --fix applies" }[facts.fix];
  return `Severity: ${facts.severity}${fix}.`;
}

/** The codes of all rules. */
export function allCodes(): string[] {
  return [...RULES, ...PLAIN_RULES, SUMMARY_RULE, ...ADVICE_RULES, ...CONFIGURATION_RULES].map((it) => it.code);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function example(label: string, { path, text, otherFiles = {} }: Example): Explanation["parts"] {
  const name = path === undefined ? "" : ` ${path}`;
  const others = Object.keys(otherFiles).map((it) => it.slice(it.lastIndexOf("/") + 1));
  const nextTo = others.length === 0 ? "" : `${name === "" ? "" : ","} next to ${others.join(", ")}`;
  return [`${label}${name}${nextTo}:`, () => indented(text)];
}
