import type { Finding, Fix, Severity } from "../findings/finding.ts";
import { type Severities, severityFor } from "../findings/pattern.ts";
import { silencers } from "../findings/suppress.ts";
import { beyond } from "../hardening/hardening.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import { gainOf } from "./exposure.ts";

/** The findings of a file as an editor shows them. */
export interface ShownFindings {
  /** What is reported, in the order of the text. */
  readonly reported: readonly Finding[];
  /** The missing settings that one of the reported findings stands for; each has a safe fix. */
  readonly folded: readonly Finding[];
  /** Decisions that are left to the reader: offered among the actions and reported nowhere. */
  readonly open: readonly Finding[];
  /** The fix that adds all settings that are only likely to be safe, the second step. */
  readonly likely?: Fix | undefined;
}

const RANK: readonly Severity[] = ["hint", "info", "warning", "error"];

/** Every finding for itself; only open decisions are left out. */
export function eachFinding(all: readonly Finding[]): ShownFindings {
  return { reported: all.filter((it) => !it.beyond), folded: [], open: all.filter((it) => it.beyond) };
}

/**
 * One finding for all settings that a service lacks and that are safe to add. A weak value that stands in the file, and
 * advice about a line of its own, such as one that names a port, keep theirs. What no profile adds becomes an open decision.
 */
export function summarize(unit: Unit, all: readonly Finding[], severities?: Severities): ShownFindings {
  const header = headerOf(all);
  const reported: Finding[] = [];
  const folded: Finding[] = [];
  const open: Finding[] = [];
  for (const it of all) {
    if (it.beyond) open.push(withoutMany(it));
    else if (it.advice === undefined || (it.advice === "missing" && it.start !== header)) reported.push(it);
    else if (it.withheld !== undefined) open.push(beyond(withoutMany(it), it.withheld));
    else (it.advice === "weak" ? reported : folded).push(it);
  }
  const likely = all.flatMap((it) => it.fixes).find((it) => it.many && !it.safe);
  const summary = summaryOf(unit, folded, likely, severities);
  return { reported: summary ? insert(reported, summary) : reported, folded, open, likely };
}

/** Where advice about the whole service points. */
function headerOf(all: readonly Finding[]): number | undefined {
  return all.find((it) => it.advice === "missing" && it.withheld === undefined)?.start;
}

const withoutMany = (finding: Finding): Finding => ({ ...finding, fixes: finding.fixes.filter((it) => !it.many) });

/** The fix that adds all that findings stand for: of a single one its own. */
function fixOf(folded: readonly Finding[]): Fix | undefined {
  const fixes = folded.flatMap((it) => it.fixes);
  return fixes.find((it) => it.many && it.safe) ?? fixes.find((it) => it.safe);
}

function summaryOf(
  unit: Unit,
  folded: readonly Finding[],
  likely: Fix | undefined,
  severities: Severities | undefined,
): Finding | undefined {
  const [first] = folded;
  const fix = fixOf(folded);
  const wanted = severities && severityFor(SUMMARY_RULE.code, severities);
  if (!first || !fix || wanted === "off") return undefined;
  if (silencers(unit.file, SUMMARY_RULE.code, first.start).length > 0) return undefined;
  const lines = fix.sets ?? [];
  const edits = fix.edits();
  const gain = gainOf(unit, lines, edits);
  const changes = edits.some((it) => it.start < it.end);
  const numbers = gain === undefined ? "" : ` (${gain})`;
  const loudest = Math.max(...folded.map((it) => RANK.indexOf(it.severity)));
  return {
    start: first.start,
    end: first.end,
    code: SUMMARY_RULE.code,
    severity: wanted ?? RANK[loudest] ?? first.severity,
    message: `${countOf(lines, changes)}${first.ofTemplate ? `, ${AS_SHOWN}` : ""}${numbers}${likely ? `; ${likely.sets?.length} more are likely` : ""}`,
    ...(likely && unit.path.kind === "service"
      ? { caution: "unit-warden try --likely tests what is likely on the machine." }
      : {}),
    fixes: likely ? [fix, likely] : [fix],
  };
}

function countOf(lines: readonly string[], changes: boolean): string {
  const [first = ""] = lines;
  if (lines.length === 1) return `1 protection is missing and safe to add: ${first}`;
  return `${lines.length} protections are missing${changes ? " or weak" : ""}, all of them safe to add`;
}

/** Before what starts at the same place. */
function insert(findings: readonly Finding[], summary: Finding): Finding[] {
  const at = findings.findIndex((it) => it.start >= summary.start);
  return at < 0 ? [...findings, summary] : findings.toSpliced(at, 0, summary);
}
