import type { Finding, Fix, Severity } from "../findings/finding.ts";
import { type Severities, severityFor } from "../findings/pattern.ts";
import { silencers } from "../findings/suppress.ts";
import { beyond, hardenedSection, likelyFix, type Profile, safeFix } from "../hardening/hardening.ts";
import { missingText } from "../hardening/missingText.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import { largest } from "../text/extremes.ts";
import { lazy } from "../text/tables.ts";
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
  const { reported, folded, open, likely } = sorted(all);
  const summary = summaryOf(unit, folded, likely, severities);
  return { reported: summary ? insert(reported, summary) : reported, folded, open, likely };
}

function sorted(all: readonly Finding[]): ShownFindings {
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
  return { reported, folded, open, likely };
}

/** What is kept of advice of which all that is safe is told by one finding. */
export interface BriefAdvice {
  readonly severity: Severity;
  readonly hasLikely: boolean;
}

/** The advice in brief; undefined where some of it is told by itself, or where one finding is as short. */
export function briefOf(found: readonly Finding[]): BriefAdvice | undefined {
  const { reported, folded, likely } = sorted(found);
  const severity = loudestOf(folded);
  return reported.length === 0 && folded.length > 1 && severity
    ? { severity, hasLikely: likely !== undefined }
    : undefined;
}

/** The same as `summarize` makes of findings and advice together, for advice that is known in brief. */
export function summarizeBriefly(
  unit: Unit,
  found: readonly Finding[],
  { severity, hasLikely }: BriefAdvice,
  { profile, severities }: { readonly profile: Profile; readonly severities?: Severities },
  advice: () => readonly Finding[],
): ShownFindings | undefined {
  const unwanted: Unwanted = (code) => severities !== undefined && severityFor(code, severities) === "off";
  const fix = safeFix(unit, profile, unwanted);
  const likely = hasLikely ? likelyFix(unit, profile, unwanted) : undefined;
  const header = hardenedSection(unit)?.header.content;
  if (!fix || !header || (fix.sets?.length ?? 0) < 2 || found.some((it) => it.beyond)) return undefined;
  const place = sourceSpan(header, 0, header.text.length);
  const summary = summaryFor(unit, { ...place, severity }, fix, likely, severities);
  const whole = lazy(() => summarize(unit, [...found, ...advice()], severities));
  return new BriefFindings(summary ? insert(found, summary) : found, whole);
}

/** Findings of which the most is made when somebody asks for it; getters of an object alone would keep it until a full collection. */
class BriefFindings implements ShownFindings {
  readonly reported: readonly Finding[];
  readonly #whole: () => ShownFindings;

  constructor(reported: readonly Finding[], whole: () => ShownFindings) {
    this.reported = reported;
    this.#whole = whole;
  }

  get folded(): readonly Finding[] {
    return this.#whole().folded;
  }

  get open(): readonly Finding[] {
    return this.#whole().open;
  }

  get likely(): Fix | undefined {
    return this.#whole().likely;
  }
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
  if (!first || !fix) return undefined;
  return summaryFor(unit, { ...first, severity: loudestOf(folded) ?? first.severity }, fix, likely, severities);
}

const loudestOf = (folded: readonly Finding[]): Severity | undefined =>
  RANK[largest(folded.map((it) => RANK.indexOf(it.severity)))];

function summaryFor(
  unit: Unit,
  first: Pick<Finding, "start" | "end" | "severity" | "ofTemplate">,
  fix: Fix,
  likely: Fix | undefined,
  severities: Severities | undefined,
): Finding | undefined {
  const wanted = severities && severityFor(SUMMARY_RULE.code, severities);
  if (wanted === "off") return undefined;
  if (silencers(unit.file, SUMMARY_RULE.code, first.start).length > 0) return undefined;
  const lines = fix.sets ?? [];
  const edits = fix.edits();
  const gain = gainOf(unit, lines, edits);
  return {
    start: first.start,
    end: first.end,
    code: SUMMARY_RULE.code,
    severity: wanted ?? first.severity,
    message: missingText(
      { safe: lines.length, likely: likely?.sets?.length ?? 0 },
      { weak: edits.some((it) => it.start < it.end), lines, gain, ofTemplate: first.ofTemplate },
    ),
    ...(likely && unit.path.kind === "service"
      ? { caution: "unit-warden try --likely tests what is likely on the machine." }
      : {}),
    fixes: likely ? [fix, likely] : [fix],
  };
}

/** Before what starts at the same place. */
function insert(findings: readonly Finding[], summary: Finding): Finding[] {
  const at = findings.findIndex((it) => it.start >= summary.start);
  return at < 0 ? [...findings, summary] : findings.toSpliced(at, 0, summary);
}
