import type { Finding, Fix } from "../findings/finding.ts";
import type { UnitContext } from "../findings/rule.ts";
import { type CodedEdits, together } from "../findings/together.ts";
import { composedEdits, offsetsBefore } from "../text/composedEdits.ts";
import { smallest } from "../text/extremes.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { check, type Selection } from "./check.ts";
import { keepingVerdict } from "./verdict.ts";

/** A fix may bring up another one; a text that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/** A fix that was applied. */
export interface AppliedFix {
  readonly code: string;
  readonly title: string;
  /** Where its first change is, in the text before all of them. */
  readonly start: number;
}

/** All fixes of a text that are applied, and the edits that do it. */
interface FixedText {
  readonly edits: readonly TextEdit[];
  readonly fixes: readonly AppliedFix[];
}

/**
 * The edits that apply all fixes, `read` making the unit of each round. The safe ones never change whether systemd loads the
 * unit. Hardening settings are never added here, that is the business of `harden`.
 */
export function fixAllEdits(...request: Parameters<typeof fixAll>): readonly TextEdit[] {
  return fixAll(...request).edits;
}

/** The same with a list of what is done, in the order of the text. */
export function fixAll(
  read: (text: string) => Unit,
  text: string,
  selection: Selection,
  which: "safe" | "all",
  context?: (unit: Unit) => UnitContext | undefined,
): FixedText {
  const rounds: (readonly TextEdit[])[] = [];
  const fixes: AppliedFix[] = [];
  let current = text;
  while (rounds.length < ROUNDS) {
    const unit = read(current);
    const findings = check(unit, { ...selection, profile: "off" }, context?.(unit));
    const free = together(current, wanted(findings, which));
    const changes = which === "safe" ? keepingVerdict(read, unit, current, free) : free;
    const edits = changes.flatMap((it) => it.edits);
    if (edits.length === 0) break;
    const before = offsetsBefore(rounds);
    for (const { code, title, edits: own } of changes) {
      const first = smallest(own.map((it) => it.start));
      fixes.push({ code, title, start: before(first) });
    }
    rounds.push(edits);
    current = applyEdits(current, edits);
  }
  return { edits: composedEdits(text, rounds), fixes: fixes.sort((a, b) => a.start - b.start) };
}

/** The best fix of each finding, with its edits. */
function wanted(findings: readonly Finding[], which: "safe" | "all"): readonly (CodedEdits & { title: string })[] {
  return findings.flatMap(({ code, fixes }) => {
    const fix = appliedFix(fixes, which);
    return fix ? [{ code, title: fix.title, edits: fix.edits() }] : [];
  });
}

/** The one of some fixes that is applied together with those of other findings; undefined where none is. */
export const appliedFix = (fixes: readonly Fix[], which: "safe" | "all"): Fix | undefined =>
  fixes.find((it) => it.rename === undefined && (it.safe || (which === "all" && !it.alone)));
