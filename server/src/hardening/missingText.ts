import type { Finding } from "../findings/finding.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";

/** How many settings a service lacks: those that are safe to add, those that are likely to be, and those that may be right. */
export interface MissingCounts {
  readonly safe: number;
  readonly likely?: number;
  readonly open?: number;
}

/** What is said next to the number of safe settings. */
export interface MissingNotes {
  /** Whether some of them stand in the unit with a weaker value. */
  readonly weak?: boolean | undefined;
  /** The lines, of which a single one is named. */
  readonly lines?: readonly string[] | undefined;
  /** What all of them buy, such as `9.0 → 4.8`. */
  readonly gain?: string | undefined;
  /** Whether others fill in more. */
  readonly ofTemplate?: boolean | undefined;
}

/** The sentence that editors, reports and the command line have for what a service lacks; empty where it lacks nothing. */
export const missingText = (counts: MissingCounts, notes?: MissingNotes): string =>
  Object.values(missingClauses(counts, notes)).join("; ");

/** The clauses of that sentence, for lenses that stand side by side; those about nothing are missing. */
export function missingClauses(
  { safe, likely = 0, open = 0 }: MissingCounts,
  notes: MissingNotes = {},
): { readonly safe?: string; readonly likely?: string; readonly open?: string } {
  return {
    ...(safe > 0 ? { safe: safeClause(safe, notes) } : {}),
    ...(likely > 0 ? { likely: likelyClause(likely, safe > 0) } : {}),
    ...(open > 0 ? { open: `${open} open ${open === 1 ? "decision" : "decisions"}` } : {}),
  };
}

function safeClause(count: number, { weak, lines = [], gain, ofTemplate }: MissingNotes): string {
  const state = weak ? "missing or weak" : "missing";
  const shown = ofTemplate ? `, ${AS_SHOWN}` : "";
  const bought = gain === undefined ? "" : ` (${gain})`;
  if (count > 1) return `${count} safe settings are ${state}${shown}${bought}`;
  return `1 safe setting is ${state}${lines.length === 1 ? `: ${lines[0]}` : ""}${shown}${bought}`;
}

function likelyClause(count: number, isMore: boolean): string {
  const are = count === 1 ? "is" : "are";
  if (isMore) return `${count} more ${are} likely to be safe`;
  return `${count} ${count === 1 ? "setting" : "settings"} that ${are} likely to be safe ${are} missing`;
}

/** How many lines the advice of a file is about, as its fixes would add or change them; what a unit sets weakly on purpose counts as nothing. */
export function missingCounts(findings: readonly Finding[]): Required<MissingCounts> {
  const graded = (isLikely: boolean): readonly Finding[] =>
    findings.filter(({ confidence }) => confidence && (confidence.grade === "likely") === isLikely);
  return {
    safe: linesOf(graded(false), true),
    likely: linesOf(graded(true), false),
    open: findings.filter((it) => it.advice === "missing" && !it.confidence).length,
  };
}

/** Whether advice says of some setting that it is weak and could safely be stronger. */
export const someWeak = (findings: readonly Finding[]): boolean =>
  findings.some((it) => it.advice === "weak" && it.confidence && it.confidence.grade !== "likely");

function linesOf(findings: readonly Finding[], safe: boolean): number {
  const own = findings.map(({ fixes }) => fixes.filter((it) => it.safe === safe));
  const together = own.flat().find((it) => it.many);
  if (together) return together.sets?.length ?? 0;
  return own.reduce((sum, [first]) => sum + (first?.sets?.length ?? 1), 0);
}
