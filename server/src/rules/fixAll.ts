import type { Finding } from "../findings/finding.ts";
import { type CodedEdits, together } from "../findings/together.ts";
import { composedEdits } from "../text/composedEdits.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { check, type Selection } from "./check.ts";
import type { UnitContext } from "./rule.ts";
import { keepingVerdict } from "./verdict.ts";

/** A fix may bring up another one; a text that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/**
 * The edits that apply all fixes, `read` making the unit of each round. The safe ones never change whether systemd loads the
 * unit. Hardening settings are never added here, that is the business of `harden`.
 */
export function fixAllEdits(
  read: (text: string) => Unit,
  text: string,
  selection: Selection,
  which: "safe" | "all",
  context?: (unit: Unit) => UnitContext | undefined,
): readonly TextEdit[] {
  const rounds: (readonly TextEdit[])[] = [];
  let current = text;
  while (rounds.length < ROUNDS) {
    const unit = read(current);
    const findings = check(unit, { ...selection, profile: "off" }, context?.(unit));
    const free = together(current, wanted(findings, which));
    const changes = which === "safe" ? keepingVerdict(read, unit, current, free) : free;
    const edits = changes.flatMap((it) => it.edits);
    if (edits.length === 0) break;
    rounds.push(edits);
    current = applyEdits(current, edits);
  }
  return composedEdits(text, rounds);
}

/** The best fix of each finding, with its edits. */
function wanted(findings: readonly Finding[], which: "safe" | "all"): readonly CodedEdits[] {
  return findings.flatMap(({ code, fixes }) => {
    const fix = fixes.find((it) => it.rename === undefined && (it.safe || (which === "all" && !it.alone)));
    return fix ? [{ code, edits: fix.edits() }] : [];
  });
}
