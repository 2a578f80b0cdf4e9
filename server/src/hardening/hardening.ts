import type { Finding, Fix, Grade } from "../findings/finding.ts";
import { keptFromRunning } from "../service/executable.ts";
import { textOf } from "../service/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import { groupedBy } from "../text/groupedBy.ts";
import type { TextEdit } from "../text/span.ts";
import type { ReadSection, Unit } from "../units/unit.ts";
import { finding } from "./findings.ts";
import { addBefore, addLines, changeValue } from "./fixes.ts";
import { hardenedSection } from "./hardenedSection.ts";
import { denyListOf, type MissingSetting, missingSettings, type Sure } from "./missingSettings.ts";
import { ownHardening, type Unwanted } from "./ownHardening.ts";
import { codeOf, type HardeningDirective, type Profile, ROWS, rowsOf } from "./profiles.ts";
import { confidenceOf, isWeakOnPurpose, reasonAgainst, unbearable } from "./reasons.ts";
import { roomLines } from "./room.ts";
import type { Tier } from "./row.ts";
import { status } from "./status.ts";

export { SEVERITY } from "./findings.ts";
export { hardenedSection } from "./hardenedSection.ts";
export type { Profile } from "./profiles.ts";

/** What the generated documentation says about a code. */
export interface HardeningRule {
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly page: string;
  readonly tier: Tier;
  readonly directive: HardeningDirective;
  /** The strict value. */
  readonly value: string;
  readonly breaks: string;
  readonly shows: string;
}

/** All codes of the family, in the order of the tiers. */
export const hardeningRules: readonly HardeningRule[] = ROWS.map((row) => ({
  code: codeOf(row.directive),
  title: row.title,
  why: `If it is not set, ${row.absent}. ${row.protects}`,
  page: row.page,
  tier: row.tier,
  directive: row.directive,
  value: row.value,
  breaks: row.breaks,
  shows: row.shows,
}));

/** A line that is safe to have in a unit. */
export interface SafeSetting {
  readonly line: string;
  readonly directive: HardeningDirective;
  /** What may stop working all the same. */
  readonly breaks: string;
  /** How sure it is that nothing does. */
  readonly grade: Grade;
  /** Why, the end of a sentence. */
  readonly reason: string;
  /** The line with a weaker value, in whose place it comes. */
  readonly replaces?: Assignment;
  /** The deny list before which it comes. */
  readonly before?: Assignment;
}

const WANTED: Unwanted = () => false;

/** What is added to a finding: fixes that suit the service, another place; undefined where it has nothing to say. */
export type Suit = (found: Finding) => Finding | undefined;

/**
 * One finding for each setting of the profile that a service file lacks or holds only weakly. Those that it cannot bear are
 * `beyond`, but where `suit` finds another way; so are, once it has all that is known to be safe for it, all others but values
 * that are weaker than that on purpose.
 */
export function hardeningFindings(unit: Unit, profile: Profile, unwanted = WANTED, suit: Suit = (it) => it): Finding[] {
  const section = hardenedSection(unit);
  if (!section) return [];
  const { facts, gaps } = missingSettings(unit, profile);
  const all = addAll(unit, section, gaps, unwanted);
  const several = ofSeveral(all);
  const likely = ofSeveral(likelyFix(unit, profile, unwanted));
  return gaps.flatMap((gap) => {
    const against = unbearable(gap, facts);
    const together = gap.confidence?.grade === "likely" ? likely : several;
    const suited = suit(
      finding(unit, gap, facts, section, against === undefined || gap.safe.length > 0 ? together : undefined),
    );
    if (!suited) return [];
    const isGraded = gap.safe.length > 0 || gap.confidence?.grade === "likely";
    const graded = isGraded ? { confidence: confidenceOf(gap) } : undefined;
    const found: Finding = Object.assign({ ...suited }, { advice: gap.status.kind }, graded);
    if (gap.safe.length > 0 || isWeakOnPurpose(gap)) return found;
    const withheld = reasonAgainst(gap, facts);
    const isOpen = against === undefined || found.fixes.some((it) => it.suits);
    const withReason = Object.assign(found, { withheld });
    return all && isOpen ? withReason : beyond(withReason, withheld);
  });
}

const ofSeveral = (fix: Fix | undefined): Fix | undefined => ((fix?.sets?.length ?? 0) > 1 ? fix : undefined);

/** Advice as an open decision, which no editor and no command reports: its fixes say what speaks against them. */
export function beyond(found: Finding, reason: string): Finding {
  const fixes = found.fixes.map((it) => (it.many || it.suits ? it : { ...it, title: `${it.title}; ${reason}` }));
  return Object.assign({ ...found }, { beyond: true as const, fixes });
}

/** Whether a unit sets something of a profile, and all of it that is known to be safe for it. */
export function isHardened(unit: Unit, profile: Profile, unwanted = WANTED): boolean {
  const isSet = ({ directive }: { directive: HardeningDirective }): boolean => textOf(unit, directive) !== undefined;
  return rowsOf(profile).some(isSet) && safeFix(unit, profile, unwanted) === undefined;
}

/** The fix that adds all settings of a profile that are safe for the unit; undefined where there are none. */
export function safeFix(unit: Unit, profile: Profile, unwanted = WANTED): Fix | undefined {
  const own = ownHardening(unit);
  if (own) return own.fix(unit, profile, "safe", unwanted);
  const section = hardenedSection(unit);
  return section && addAll(unit, section, missingSettings(unit, profile).gaps, unwanted);
}

/** The fix that adds those settings of a profile that are only likely to be safe; undefined where there are none. */
export function likelyFix(unit: Unit, profile: Profile, unwanted = WANTED): Fix | undefined {
  const own = ownHardening(unit);
  if (own) return own.fix(unit, profile, "likely", unwanted);
  const section = hardenedSection(unit);
  const isLikely = (it: MissingSetting): boolean => it.confidence?.grade === "likely";
  if (!missingSettings(unit, profile).gaps.some(isLikely)) return undefined;
  const gaps = missingSettings(unit, profile, "likely").gaps.filter(isLikely);
  const all = section && addAll(unit, section, gaps, unwanted);
  const count = all?.sets?.length ?? 0;
  return (
    all && { ...all, safe: false, title: `Add ${count} more ${count === 1 ? "that is" : "that are"} likely to be safe` }
  );
}

/** The lines that "Add all safe settings" adds or puts instead of weak ones. */
export function safeSettings(unit: Unit, profile: Profile, unwanted = WANTED, sure: Sure = "safe"): SafeSetting[] {
  if (!hardenedSection(unit)) return [];
  const wanted = wantedAmong(missingSettings(unit, profile, sure).gaps, unwanted);
  const settings = wanted.flatMap((gap) =>
    gap.safe.map((line, i) => ({
      line,
      directive: gap.row.directive,
      breaks: gap.row.breaks,
      ...confidenceOf(gap),
      ...(i === 0 ? insertionOf(gap) : {}),
    })),
  );
  const lines = settings.map((it) => it.line);
  const kept = keptFromRunning(unit, lines);
  const room = roomLines(unit, lines);
  return [
    ...settings,
    ...room.map((line): SafeSetting => ({ line, directive: "ProtectSystem", breaks: ROOM, ...OPENING })),
    ...kept.map((line): SafeSetting => ({ line, directive: "NoExecPaths", breaks: KEPT, ...GOING_ON })),
  ];
}

function insertionOf(gap: MissingSetting): Pick<SafeSetting, "replaces" | "before"> {
  const before = denyListOf(gap);
  if (before) return { before };
  return gap.status.kind === "weak" ? { replaces: gap.status.node } : {};
}

const OPENING = { grade: "proven", reason: "it only opens what others close" } as const;
const GOING_ON = { grade: "proven", reason: "it goes on with what the unit began" } as const;

/** What changes with a line that only opens what was closed. */
const ROOM = "The service can write there; a directory that systemd creates belongs to its user.";

/** What may stop working where a profile goes on with what the unit itself began. */
const KEPT = "Programs in these paths do not start, as before.";

function wantedAmong(gaps: readonly MissingSetting[], unwanted: Unwanted): readonly MissingSetting[] {
  // A setting that is switched off does not come with the gentler value of another one either.
  const isUnwanted = (line: string): boolean =>
    ROWS.some((it) => it.directive === setBy(line) && unwanted(codeOf(it.directive)));
  const wanted = gaps.filter(
    ({ row, safe, usual }) => safe.length > 0 && !unwanted(codeOf(row.directive)) && !usual?.lines.some(isUnwanted),
  );
  const lines = groupedBy(
    wanted.flatMap((it) => it.safe),
    setBy,
  );
  const earlier = new Set<string>();
  // Several rows may bring one line, and the list of another one may begin with the very same path.
  const isSaid = (line: string): boolean => {
    const isFirst = !earlier.has(line);
    earlier.add(line);
    const others = lines.get(setBy(line)) ?? [];
    return !isFirst || (others.length > 1 && others.some((it) => it.startsWith(`${line} `)));
  };
  return wanted.map((gap) => {
    const safe = gap.safe.filter((it) => !isSaid(it));
    return safe.length === gap.safe.length ? gap : { ...gap, safe };
  });
}

const setBy = (line: string): string => line.slice(0, line.indexOf("="));

/** The settings of all profiles that need not be asked for: set, implied, or equalled by others. */
export function heldSettings(unit: Unit): HardeningDirective[] {
  return ROWS.filter((row) => status(unit, row).kind === "held").map((row) => row.directive);
}

/** The fix that every finding of a missing setting carries. */
function addAll(
  unit: Unit,
  section: ReadSection,
  gaps: readonly MissingSetting[],
  unwanted: Unwanted,
): Fix | undefined {
  const safe = wantedAmong(gaps, unwanted);
  const own = safe.flatMap((it) => it.safe);
  const kept = [...roomLines(unit, own), ...keptFromRunning(unit, own)];
  const lines = [...own, ...kept];
  if (lines.length === 0) return undefined;
  const edits = (): TextEdit[] => {
    const changes = safe.flatMap((gap) => {
      const { replaces, before } = insertionOf(gap);
      const [first = ""] = gap.safe;
      if (before) return addBefore(unit, before, [first]);
      return replaces ? changeValue(unit, replaces, gap.safeValue ?? "", []) : [];
    });
    const added = [...safe.flatMap((it) => (it.status.kind === "missing" ? it.safe : it.safe.slice(1))), ...kept];
    return added.length > 0 ? [...changes, addLines(unit, section, added)] : changes;
  };
  return { title: `Add all ${lines.length} safe settings`, safe: true, many: true, sets: lines, edits };
}
