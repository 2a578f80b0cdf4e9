import { isAdvice } from "../findings/advice.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { type CodedEdits, together } from "../findings/together.ts";
import { effective } from "../security/effective.ts";
import { append } from "../text/append.ts";
import { applyEdits } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** Whether systemd loads a unit; of a drop-in, the unit that it belongs to. */
const isLoaded = (unit: Unit): boolean => effective(unit.main?.unit ?? unit).refusal === undefined;

/**
 * Those of some changes after which systemd still loads the unit, or still refuses it: nobody may have a unit run that never
 * ran, or end one that did, without having been asked. The changes can be made at once; `read` makes the unit of a text.
 */
export function keepingVerdict<Change extends CodedEdits>(
  read: (text: string) => Unit,
  unit: Unit,
  text: string,
  changes: readonly Change[],
): readonly Change[] {
  const loaded = isLoaded(unit);
  const kept: Change[] = [];
  const keep = (some: readonly Change[]): void => {
    if (some.length === 0) return;
    const edits = [...kept, ...some].flatMap((it) => it.edits);
    if (isLoaded(read(applyEdits(text, edits))) === loaded) append(kept, some);
    else if (some.length > 1) {
      const half = some.length >> 1;
      keep(some.slice(0, half));
      keep(some.slice(half));
    }
  };
  keep(changes);
  return kept;
}

/**
 * Findings whose fixes are safe only where they keep systemd's verdict, as a report has them for other programs; those of
 * hardening advice, which no program applies from there, stay as they are.
 */
export function safeByVerdict(
  read: (text: string) => Unit,
  unit: Unit,
  text: string,
  findings: readonly Finding[],
): readonly Finding[] {
  const isJudged = (finding: Finding, { safe, rename }: Fix): boolean =>
    safe && rename === undefined && !isAdvice(finding);
  const kept = new Set<Fix>();
  let left = findings.flatMap((it) =>
    it.fixes.filter((fix) => isJudged(it, fix)).map((fix) => ({ code: it.code, fix, edits: fix.edits() })),
  );
  if (left.length === 0) return findings;
  while (left.length > 0) {
    const group = new Set(together(text, left));
    for (const { fix } of keepingVerdict(read, unit, text, [...group])) kept.add(fix);
    left = left.filter((it) => !group.has(it));
  }
  return findings.map((it) => ({
    ...it,
    fixes: it.fixes.map((fix) => (isJudged(it, fix) && !kept.has(fix) ? { ...fix, safe: false } : fix)),
  }));
}
