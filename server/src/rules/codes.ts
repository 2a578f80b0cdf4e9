import { ADVICE_RULES } from "../dialects/dialects.ts";
import { matchesCode } from "../findings/pattern.ts";
import { type RuleText, ruleText } from "../findings/ruleTexts.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { lazy } from "../text/tables.ts";
import { RULES } from "./allRules.ts";
import { PLAIN_RULES } from "./notRead.ts";

/** What the families of codes are about, in the order of the documentation. */
export const FAMILIES: Readonly<Record<string, string>> = {
  syntax: "Lines, section headers and encoding that systemd cannot read",
  section: "Sections that systemd ignores",
  directive: "Directives that are unknown, misplaced, too new or deprecated",
  value: "Values that systemd rejects, ignores in part or reads differently",
  daemon: "Configuration of systemd's programs that is incomplete, has no effect or is weak",
  quadlet: "Quadlets that podman's generator refuses or reads otherwise than meant",
  network: "Settings of networks that networkd drops or that contradict each other",
  nspawn: "Containers of systemd-nspawn that do not start, or are less confined than meant",
  image: "Partitions and transfers that systemd-repart and systemd-sysupdate refuse",
  unit: "Settings and commands of one unit that conflict, fail, or do not do what they say",
  reference: "References to other units and files",
  sandbox: "Protections that have no effect, can be undone or break the service",
  learn: "Settings that contradict what a run of the service has shown",
  hardening: "Protections that a service lacks or sets to a weak value",
  style: "Unused or mistyped comments for Unit Warden",
};

/** The code of every rule and of every piece of hardening advice. */
export const CODES: readonly string[] = [...RULES, ...PLAIN_RULES, SUMMARY_RULE, ...ADVICE_RULES].map((it) => it.code);

/** Whether a pattern means any code that there is. */
export const meansAny = (pattern: string): boolean => CODES.some((it) => matchesCode(it, pattern));

/** The family of a code: what stands before its slash. */
export function familyOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf("/")));
}

const TEXTS = lazy(
  () =>
    new Map<string, RuleText>([
      ...[...RULES, ...PLAIN_RULES].map(({ code }) => [code, ruleText(code)] as const),
      ...[SUMMARY_RULE, ...ADVICE_RULES].map((it) => [it.code, it] as const),
    ]),
);

/** What is said of a code, with what is literal between backticks; undefined where there is no such code. */
export const textOfCode = (code: string): RuleText | undefined => TEXTS().get(code);

/** The manual page that a code refers to, with its section number. */
export const pageOf = (code: string): string | undefined => textOfCode(code)?.page;
