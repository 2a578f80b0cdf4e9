import { adviceRules } from "../../hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../../hardening/summary.ts";
import { RULES } from "../../rules/allRules.ts";
import type { Example, RuleText } from "../../rules/rule.ts";
import { ruleFacts, silencingOf } from "../../rules/ruleFacts.ts";
import { heading, type Page, prose, quoted } from "./layout.ts";

/** A rule by its code: what it finds, why, and an example of both ways. */
export function explainRule(code: string, page: Page): string | undefined {
  if (code === SUMMARY_RULE.code) return explainSummary(page);
  const rule = RULES.find((it) => it.code === code);
  if (!rule) return explainAdvice(code, page);
  return [
    heading(`${code}: ${rule.title}`, page),
    prose([sentence(rule.why)], page),
    ...example(rule.bad.path === undefined && rule.bad.beside ? "Found in a unit" : "Found in", rule.bad),
    ...example("Put right", rule.good),
    prose([severity(rule)], page),
    ...silencing(code),
    `More: ${rule.page}`,
  ].join("\n\n");
}

/** The finding of editors that stands for many. */
function explainSummary(page: Page): string {
  const { code, title, why } = SUMMARY_RULE;
  return [
    heading(`${code}: ${title}`, page),
    prose([why], page),
    ...silencing(code),
    `More: ${SUMMARY_RULE.page}`,
  ].join("\n\n");
}

/** A code of the hardening advice. */
function explainAdvice(code: string, page: Page): string | undefined {
  const rule = adviceRules.find((it) => it.code === code);
  if (!rule) return undefined;
  return [
    heading(`${code}: ${rule.title}`, page),
    prose(
      [
        sentence(rule.why),
        `The ${rule.tier} profile asks for it and offers ${rule.directive}=${rule.value}, where that suits the service.`,
        `May break: ${sentence(rule.breaks)}`,
        `How that shows: ${sentence(rule.shows)}`,
      ],
      page,
    ),
    ...silencing(code),
    `More: ${rule.page}, or unit-warden explain ${rule.directive}`,
  ].join("\n\n");
}

/** How loud the rule is, and what it offers. */
function severity(rule: RuleText): string {
  const facts = ruleFacts(rule);
  const fix = { none: "", offered: ", with a fix to choose", safe: ", with a fix that --fix applies" }[facts.fix];
  return `Severity: ${facts.severity}${fix}.`;
}

/** What to write where the rule is not wanted. */
function silencing(code: string): string[] {
  const { comment, setting } = silencingOf(code);
  return ["To silence it, above the line, or in the settings of an editor:", quoted(`${comment}\n${setting}`)];
}

/** The codes of all rules. */
export function allCodes(): string[] {
  return [...RULES, SUMMARY_RULE, ...adviceRules].map((it) => it.code);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function example(label: string, { path, text, beside = {} }: Example): string[] {
  const name = path === undefined ? "" : ` ${path}`;
  const others = Object.keys(beside).map((it) => it.replace(/.*\//, ""));
  const among = others.length === 0 ? "" : `${name === "" ? "" : ","} beside ${others.join(", ")}`;
  return [`${label}${name}${among}:`, quoted(text)];
}
