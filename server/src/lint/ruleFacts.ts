import { readUnit } from "../units/unit.ts";
import { unitPath } from "../units/unitPath.ts";
import { NEWEST_VERSION } from "../values/version.ts";
import { check } from "./check.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Example, Rule } from "./rule.ts";

/** What a rule does, as seen in its bad example: nothing of it is written down twice. */
export interface RuleFacts {
  /** What it finds there. */
  readonly findings: readonly Finding[];
  readonly severity: Severity;
  /** Whether it offers a way to put it right; `safe` where one of them keeps the meaning of the unit. */
  readonly fix: "none" | "offered" | "safe";
}

const HINT: Severity = "hint";

/** The facts that documentation and `explain` state about a rule. */
export function ruleFacts({ code, bad }: Pick<Rule, "code" | "bad">): RuleFacts {
  const findings = findingsIn(bad).filter((it) => it.code === code);
  const fixes = findings.flatMap((it) => it.fixes);
  const fix = fixes.length === 0 ? "none" : fixes.some((it) => it.safe) ? "safe" : "offered";
  return { findings, severity: findings[0]?.severity ?? HINT, fix };
}

/** All findings of an example but the hardening advice, in the version that it is for. */
export function findingsIn({ path = "x.service", version = NEWEST_VERSION, text }: Example): Finding[] {
  const parts = unitPath(path);
  return parts ? check(readUnit(parts, text, version), { profile: "off" }) : [];
}

/** How to silence a code: the comment above a line, and what the settings of an editor say. */
export function silencingOf(code: string): { readonly comment: string; readonly setting: string } {
  return { comment: `# unit-warden: ignore ${code} -- reason`, setting: `"unitWarden.rules": { "${code}": "off" }` };
}
