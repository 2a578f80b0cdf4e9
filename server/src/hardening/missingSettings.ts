import type { DirectiveName } from "../catalog/catalog.ts";
import { silencers, suppressions } from "../findings/suppress.ts";
import { programReading } from "../needs/programReading.ts";
import { withLines } from "../service/executable.ts";
import { type Facts, factsOf } from "../service/facts.ts";
import { assigned, textOf } from "../service/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import { lasting } from "../units/lasting.ts";
import { memoBy } from "../units/memo.ts";
import { isTemplate } from "../units/template/isTemplate.ts";
import { isLongTemplate, variantsOf } from "../units/template/variants.ts";
import type { Unit } from "../units/unit.ts";
import { askedRows, isAskedBy } from "./askedRows.ts";
import { besideEachOther } from "./besideEachOther.ts";
import type { Confidence } from "./confidence.ts";
import { confinementLines } from "./confinement.ts";
import { furtherDenials } from "./denials.ts";
import { type Fit, fitOf, isOffered } from "./fit.ts";
import { hardenedSection } from "./hardenedSection.ts";
import { heldLearnt, learntLines } from "./heldLearnt.ts";
import { needsAreKnown } from "./knownNeeds.ts";
import { learntAgainst } from "./learntAgainst.ts";
import { learntFit } from "./learntFit.ts";
import { KEEP_RUN } from "./locked.ts";
import { isMeasured, type MeasuredFit, measuredFit } from "./measured.ts";
import { codeOf, type HardeningDirective, type Profile, type Row } from "./profiles.ts";
import type { UsualValue } from "./refusedAnyway.ts";
import { confidenceIn } from "./runConfidence.ts";
import { statedFit } from "./statedFit.ts";
import { type Status, status } from "./status.ts";
import { usualValue } from "./usual.ts";
import { WEAK_TO_STRONG } from "./weakToStrong.ts";

/** One row that the unit does not hold. */
export interface MissingSetting {
  readonly row: Row;
  readonly status: Exclude<Status, { kind: "held" }>;
  readonly fit: Fit;
  /** The lines that come with the setting, as far as the unit lacks them. */
  readonly lines: readonly string[];
  /** The safe value, where it is stronger than what is there. */
  readonly safeValue: string | undefined;
  /** The lines that are safe to add for the row together with those of all other rows; empty where nothing is. */
  readonly safe: readonly string[];
  /** How sure that is; undefined where something speaks against the setting. */
  readonly confidence?: Confidence;
  /** The gentler value that is usual, where the safe one is only likely, or none is. */
  readonly usual?: UsualValue;
  /** Of a gap with that value: the stricter one, which is only likely. */
  readonly stricter?: Confidence;
  /** Whether a comment in the unit silences the advice. */
  readonly silenced: boolean;
}

/** What is only likely of a setting, with a gentler value too; undefined where nothing is. */
export const likelyIn = ({ stricter, confidence }: MissingSetting): Confidence | undefined =>
  stricter ?? (confidence?.grade === "likely" ? confidence : undefined);

export interface MissingSettings {
  readonly facts: Facts;
  readonly gaps: readonly MissingSetting[];
}

/** The settings that are added together: those of all grades but the last, or also those that are only likely. */
export type Sure = "safe" | "likely";

/** What a unit lacks of a profile, found once for the diagnostics, the lenses and the actions. */
export function missingSettings(unit: Unit, profile: Profile, sure: Sure = "safe"): MissingSettings {
  const find = sure === "likely" ? missingWithLikely : missingShown;
  if (isTemplate(unit)) return missingInAll(unit, profile, find);
  const standIn = lasting(unit);
  const found = find(standIn, profile);
  return standIn === unit ? found : placedIn(unit, found);
}

/** What was found in another version that is no different, with the lines at their places in this one. */
const placedIn = memoBy((unit: Unit, found: MissingSettings): MissingSettings => {
  const gaps = found.gaps.map((gap): MissingSetting => {
    if (gap.status.kind !== "weak") return gap;
    const { node: before, span } = gap.status;
    const node = assigned(unit, before.key as DirectiveName).find((it) => it.line === before.line) ?? before;
    const by = node.start - before.start;
    const moved = span && { start: span.start + by, end: span.end + by };
    return { ...gap, status: { ...gap.status, node, ...(moved && { span: moved }) } };
  });
  return { facts: found.facts, gaps };
});

/** What a template lacks whatever is filled in; safe is what is so for all that may come of it. */
function missingInAll(unit: Unit, profile: Profile, find: typeof missingShown): MissingSettings {
  if (isLongTemplate(unit)) return { facts: factsOf(unit), gaps: [] };
  const own = find(unit, profile);
  const others = variantsOf(unit).map((it) => find(it, profile).gaps);
  const gaps = own.gaps.flatMap((gap): readonly MissingSetting[] => {
    const { row, safe } = gap;
    if ([unit.file, ...unit.dropIns].some((it) => it.template?.perhaps.has(row.directive))) return [];
    const same = others.map((it) => it.find((other) => other.row === row)?.safe);
    return safe.length > 0 && same.every((it) => it && safe.every((line) => it.includes(line))) ? [gap] : [];
  });
  return { ...own, gaps };
}

const missingShown = memoBy((unit: Unit, profile: Profile) => settled(unit, foundMissing(unit, profile), surely));
const missingWithLikely = memoBy((unit: Unit, profile: Profile) =>
  settled(unit, foundMissing(unit, profile), (it) => (it.safe.length > 0 ? it : surely(it))),
);

/** What a unit lacks, each setting for itself, the likely ones as if they were safe. */
const foundMissing: (unit: Unit, profile: Profile) => MissingSettings = memoBy((unit, profile) => {
  const shipped = factsOf(unit);
  const gaps: MissingSetting[] = [];
  if (shipped.programs.length === 0) return { facts: shipped, gaps };
  let facts = shipped;
  let isLast = false;
  for (const row of askedRows(profile)) {
    // What was measured declares more of a service than its kind does: the last rows are about the service that it makes.
    if (row.tier === "isolated" && !isLast && isMeasured(unit)) facts = factsOf(withLines(unit, surelyIn(gaps)));
    isLast ||= row.tier === "isolated";
    const further = furtherDenials(row, facts, profile);
    const found = further ? ({ kind: "missing" } as const) : status(facts.unit, row);
    const isLearnt = learntLines(unit, row.directive).length > 0;
    if (found.kind === "held" || !(isLearnt || isOffered(row, facts))) continue;
    const own = fitOf(row, facts, profile);
    // What this very service was seen to do says more than what others of its package were.
    const measured =
      further ??
      (isLearnt ? learntFit(row, own, unit, profile) : undefined) ??
      statedOrMeasured(statedFit(row, own, facts), measuredFit(row, own, facts, profile));
    if (profile === "strict" && row.tier === "isolated" && !isProven(measured)) continue;
    const fit = measured?.fit ?? own;
    const lines = fit.lines.filter((it) => !ONCE.test(it) || textOf(unit, directiveIn(it)) === undefined);
    const unwanted = isUnwanted(unit, row, found);
    const safeValue = unwanted ? undefined : better(row, found, fit.safeValue);
    const safe = unwanted ? [] : safeLines(row, facts, safeValue, lines);
    // Of a value that the unit has already nobody asks how sure it is.
    const isAsked = fit.safeValue !== undefined && !(found.kind === "weak" && found.value === fit.safeValue);
    const gap = { row, status: found, fit, lines, safeValue, safe, silenced: unwanted };
    const confidence = isAsked
      ? (measured?.confidence ?? confidenceIn(row, facts, fit.safeValue, fit.doubt))
      : undefined;
    const isUnread = found.kind === "missing" && !unwanted && !heldLearnt(unit);
    const isGentle = isOpen(confidence) || (!isAskedBy(profile, row) && programReading(facts) !== undefined);
    const usual = isUnread && isGentle ? usualValue(row.directive, own, facts, surelyIn(gaps)) : undefined;
    if (isAskedBy(profile, row)) gaps.push(Object.assign(gap, confidence && { confidence }, usual && { usual }));
    else if (usual) gaps.push({ ...gap, fit: withoutSafe(fit), safeValue: undefined, safe: NOTHING, usual });
  }
  return { facts: shipped, gaps };
});

const isProven = ({ confidence }: Partial<MeasuredFit> = {}): boolean =>
  confidence?.grade === "measured" || confidence?.grade === "stated";

/** What was measured of the very same service, or speaks against a setting, counts for more than what its owner states. */
const statedOrMeasured = (stated?: MeasuredFit, measured?: MeasuredFit): MeasuredFit | undefined =>
  measured && (!stated || measured.fit.against !== undefined || measured.confidence?.grade === "measured")
    ? measured
    : stated;

/** Whether nothing makes a value sure. */
const isOpen = (confidence?: Confidence): boolean => (confidence?.grade ?? "likely") === "likely";

const withoutSafe = (fit: Fit): Fit => ({ ...fit, safe: false, safeValue: undefined });

/** The lines of some rows that are not only likely. */
const surelyIn = (gaps: readonly MissingSetting[]): readonly string[] => gaps.map(surely).flatMap((it) => it.safe);

/** A setting with nothing safe about it where that is only likely; what the unit sets on purpose is not asked for either. */
function surely(gap: MissingSetting): MissingSetting {
  const { usual, confidence, fit } = gap;
  if (usual) {
    const lines = usual.lines.filter((it) => !ONCE.test(it) || gap.lines.includes(it));
    const safe = [`${gap.row.directive}=${usual.confidence.value}`, ...lines];
    const { value: safeValue } = usual.confidence;
    const weaker = { ...fit, safe: false, safeValue };
    const gentle = { ...gap, fit: weaker, lines, safeValue, safe, confidence: usual.confidence };
    return confidence && gap.safe.length > 0 ? { ...gentle, stricter: confidence } : gentle;
  }
  if (confidence?.grade !== "likely") return gap;
  return unsafe(gap, withoutSafe(fit), gap.safe.length > 0 ? confidence : undefined);
}

/** What is added together, after what an observed run says against it. */
function settled(
  unit: Unit,
  { facts, gaps: found }: MissingSettings,
  take: (gap: MissingSetting) => MissingSetting,
): MissingSettings {
  const reasons = learntAgainst(unit, () => found.flatMap((it) => it.safe));
  const borne = found.map((it) => take(reasons.size === 0 ? it : withReason(it, reasons.get(it.row.directive))));
  const all = borne.some((it) => it.safe.some((line) => line.startsWith("RootDirectory=")))
    ? borne.map(inOwnRoot)
    : borne;
  return { facts, gaps: besideEachOther(all, unit) };
}

/** A root of its own takes another setting than the row's where one at `/` is dropped (seen with 257). */
function safeLines(row: Row, facts: Facts, safeValue: string | undefined, lines: readonly string[]): readonly string[] {
  if (row.directive === "TemporaryFileSystem" && needsAreKnown(facts)) return confinementLines(facts);
  return safeValue === undefined ? [] : [`${row.directive}=${safeValue}`, ...lines];
}

/** What an observed run speaks against is not safe, whatever the unit shows. */
function withReason(gap: MissingSetting, against: string | undefined): MissingSetting {
  if (against === undefined) return gap;
  return unsafe(gap, { ...gap.fit, safe: false, safeValue: undefined, against });
}

/** A setting with nothing that is safe to add; property by property, as a spread that leaves one out is slow. */
function unsafe({ row, status, lines, silenced }: MissingSetting, fit: Fit, confidence?: Confidence): MissingSetting {
  const gap = { row, status, fit, lines, safeValue: undefined, safe: NOTHING, silenced };
  return confidence ? Object.assign(gap, { confidence }) : gap;
}

const NOTHING: readonly never[] = [];

/** The /run of its own root directory is another one. */
const inOwnRoot = (gap: MissingSetting): MissingSetting => ({ ...gap, safe: gap.safe.filter((it) => it !== KEEP_RUN) });

/** Whether a comment in the unit silences the advice: what it says is then not added with all the rest either. */
function isUnwanted(unit: Unit, row: Row, found: MissingSetting["status"]): boolean {
  const place = found.kind === "weak" ? found.node.start : (hardenedSection(unit)?.start ?? 0);
  return suppressions(unit.file) !== undefined && silencers(unit.file, codeOf(row.directive), place).length > 0;
}

/** Lists that begin with `~` go on after an allow list, and then take out of it what they name. */
const LISTS: ReadonlySet<HardeningDirective> = new Set(["SystemCallFilter", "RestrictAddressFamilies"]);

/** The deny list before which the safe value of a row has to stand to count; undefined where it stands alone or in place. */
export function denyListOf({ row, status: found }: MissingSetting): Assignment | undefined {
  return found.kind === "weak" && found.value === "~" && LISTS.has(row.directive) ? found.node : undefined;
}

/** Lines that an earlier one makes needless; lists add up. */
const ONCE = /^(?:SystemCallErrorNumber|MountAPIVFS)=/;

const directiveIn = (line: string): DirectiveName => line.slice(0, line.indexOf("=")) as DirectiveName;

function better(row: Row, found: MissingSetting["status"], safeValue: string | undefined): string | undefined {
  // An empty value is no limit, as none is; a deny list stays.
  const isOpen = found.kind === "missing" || found.value === "" || (found.value === "~" && LISTS.has(row.directive));
  if (isOpen || safeValue === undefined) return safeValue;
  const steps = WEAK_TO_STRONG[row.directive] ?? [];
  const now = steps.indexOf(found.value);
  return now >= 0 && steps.indexOf(safeValue) > now ? safeValue : undefined;
}
