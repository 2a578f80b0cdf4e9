import { matchesCode } from "../findings/pattern.ts";
import { adviceRules } from "../hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { RULES } from "./allRules.ts";

/** What the families of codes are about, in the order of the documentation. */
export const FAMILIES: Readonly<Record<string, string>> = {
  syntax: "Lines, section headers and the encoding: what systemd cannot read at all",
  section: "Sections that systemd passes over",
  directive: "Directives that are unknown, misplaced, too new, or on their way out",
  value: "Values that systemd rejects, drops in part, or takes for something else",
  unit: "Settings that do not go together in one unit",
  reference: "Other units and files that a unit names",
  sandbox: "Protections that have no effect, can be undone, or break the service",
  hardening: "Protections that a service lacks or holds only weakly",
  style: "What makes a unit file harder to read than it need be",
};

/** The code of every rule and of every piece of hardening advice. */
export const CODES: readonly string[] = [...RULES, SUMMARY_RULE, ...adviceRules].map((it) => it.code);

/** Whether a pattern means any code that there is. */
export const meansAny = (pattern: string): boolean => CODES.some((it) => matchesCode(it, pattern));

/** The family of a code: what stands before its slash. */
export function familyOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf("/")));
}

const PAGES: ReadonlyMap<string, string> = new Map(
  [...RULES, SUMMARY_RULE, ...adviceRules].map((it) => [it.code, it.page]),
);

/** The manual page that a code refers to, with its section number. */
export function pageOf(code: string): string | undefined {
  return PAGES.get(code);
}
