import { composedEdits } from "../text/composedEdits.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { TakenSpans } from "../text/takenSpans.ts";
import type { Unit } from "../units/unit.ts";
import { check, type Selection } from "./check.ts";
import type { UnitContext } from "./rule.ts";

/** A fix may bring up another one; a text that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/**
 * The edits that apply all fixes, `read` making the unit of each round; hardening settings are never added here, that is the
 * business of `harden`.
 */
export function fixAllEdits(
  read: (text: string) => Unit,
  text: string,
  selection: Selection,
  which: "safe" | "all",
  context?: (unit: Unit) => UnitContext | undefined,
): readonly TextEdit[] {
  const rounds: TextEdit[][] = [];
  let current = text;
  while (rounds.length < ROUNDS) {
    const unit = read(current);
    const edits: TextEdit[] = [];
    const taken = new TakenSpans();
    for (const finding of check(unit, { ...selection, profile: "off" }, context?.(unit))) {
      const fix = finding.fixes.find((it) => it.rename === undefined && (it.safe || (which === "all" && !it.alone)));
      const wanted = fix?.edits() ?? [];
      if (!wanted.every((it) => taken.isFree(it))) continue;
      taken.take(wanted);
      edits.push(...wanted);
    }
    if (edits.length === 0) break;
    rounds.push(edits);
    current = applyEdits(current, edits);
  }
  return composedEdits(text, rounds);
}
