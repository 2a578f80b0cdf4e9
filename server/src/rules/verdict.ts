import { isAdvice } from "../findings/advice.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { type CodedEdits, together } from "../findings/together.ts";
import { effective } from "../security/effective.ts";
import { append } from "../text/append.ts";
import { applyEdits } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** Fixes that touch each other are tried in so many groups at most; what is left is not known to be safe. */
const MOST_GROUPS = 64;

/** Whether systemd loads a unit; of a drop-in, the unit that it belongs to. */
const isLoaded = (unit: Unit): boolean => effective(unit.main?.unit ?? unit).refusal === undefined;

/** So many characters of a unit are read again at most to see what its changes do, and it is read once at least. */
const [MOST_READ_AGAIN, LEAST_READINGS] = [1 << 18, 1];

/** Counts how often a unit is read again for one question. */
class Readings {
  #remaining: number;

  constructor({ length }: string) {
    this.#remaining = Math.max(LEAST_READINGS, Math.floor(MOST_READ_AGAIN / Math.max(1, length)));
  }

  /** Whether it may be read once more. */
  takes(): boolean {
    return this.#remaining-- > 0;
  }
}

/**
 * Those of some changes after which systemd still loads the unit, or still refuses it: nobody may have a unit run that never
 * ran, or end one that did, without having been asked. The changes can be made at once; `read` makes the unit of a text. What
 * is not known to keep the verdict after so many readings is left out.
 */
export function keepingVerdict<Change extends CodedEdits>(
  read: (text: string) => Unit,
  unit: Unit,
  text: string,
  changes: readonly Change[],
  readings = new Readings(text),
): readonly Change[] {
  const loaded = isLoaded(unit);
  const kept = new Set<Change>();
  let groups = [sideBySide(changes)];
  // Halves of all groups before quarters of one: what turns the verdict may be half of them.
  while (groups.length > 0) {
    const split: (readonly Change[])[] = [];
    for (const some of groups) {
      if (some.length === 0 || !readings.takes()) continue;
      const own = new Set(some);
      const edits = changes.filter((it) => kept.has(it) || own.has(it)).flatMap((it) => it.edits);
      if (isLoaded(read(applyEdits(text, edits))) === loaded) for (const it of some) kept.add(it);
      else if (some.length > 1) append(split, partsOf(some));
    }
    groups = split;
  }
  return changes.filter((it) => kept.has(it));
}

/** Two parts of several changes: those of the first code and the others, or halves. */
function partsOf<Change extends CodedEdits>(some: readonly Change[]): readonly (readonly Change[])[] {
  const others = some.findIndex((it) => it.code !== some[0]?.code);
  const at = others < 0 ? some.length >> 1 : others;
  return [some.slice(0, at), some.slice(at)];
}

/** Changes of one code next to each other: they often turn the verdict alike. */
const sideBySide = <Change extends CodedEdits>(changes: readonly Change[]): readonly Change[] =>
  changes.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));

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
  let remaining = findings.flatMap((it) =>
    it.fixes.filter((fix) => isJudged(it, fix)).map((fix) => ({ code: it.code, fix, edits: fix.edits() })),
  );
  if (remaining.length === 0) return findings;
  const readings = new Readings(text);
  for (let groups = 0; remaining.length > 0 && groups < MOST_GROUPS; groups++) {
    const group = new Set(together(text, remaining));
    for (const { fix } of keepingVerdict(read, unit, text, [...group], readings)) kept.add(fix);
    remaining = remaining.filter((it) => !group.has(it));
  }
  return findings.map((it) => ({
    ...it,
    fixes: it.fixes.map((fix) => (isJudged(it, fix) && !kept.has(fix) ? { ...fix, safe: false } : fix)),
  }));
}
