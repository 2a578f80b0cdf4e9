import { check, type Selection } from "../lint/check.ts";
import type { Surroundings } from "../lint/rule.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** A fix may bring up another one; a text that still changes after so many rounds is left as it is then. */
const ROUNDS = 10;

/** The text with all fixes applied, `read` making the unit of each round; hardening settings are never added here, that is the business of `harden`. */
export function fixAll(
  read: (text: string) => Unit,
  text: string,
  selection: Selection,
  which: "safe" | "all",
  around?: (text: string) => Surroundings,
): string {
  let current = text;
  for (let round = 0; round < ROUNDS; round++) {
    const edits: TextEdit[] = [];
    for (const finding of check(read(current), { ...selection, profile: "off" }, around?.(current))) {
      const fix = finding.fixes.find((it) => it.rename === undefined && (it.safe || (which === "all" && !it.alone)));
      const wanted = fix?.edits() ?? [];
      const free = wanted.every((edit) => edits.every((other) => edit.end < other.start || edit.start > other.end));
      if (free) edits.push(...wanted);
    }
    if (edits.length === 0) return current;
    current = applyEdits(current, edits);
  }
  return current;
}
