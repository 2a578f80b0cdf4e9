import type { Grade } from "../findings/finding.ts";
import { breaksOfLine } from "../hardening/breaksOfLine.ts";
import { likelyFix, type SafeSetting, safeFix, safeSettings } from "../hardening/hardening.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import { hardenUnit } from "../hardening/profile.ts";
import { codeOf, type HardeningDirective, type Profile, ROWS } from "../hardening/profiles.ts";
import type { Tier } from "../hardening/row.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { type ExposureGain, exposureGain, gainText } from "./gain.ts";

/** A setting that is safe for a unit, with the lines that belong to it. */
export interface SafeOffer {
  readonly directive: HardeningDirective;
  readonly lines: readonly string[];
  /** What a button says: "Add ProtectSystem=full". */
  readonly title: string;
  readonly gain: string;
  /** What it protects from, as a sentence. */
  readonly protects: string;
  /** What may stop working all the same. */
  readonly breaks: string;
  /** The checks that come out better with it. */
  readonly passes: readonly string[];
  /** How sure it is that the service bears it. */
  readonly grade: Grade;
  /** Why, the end of a sentence. */
  readonly reason: string;
  /** The profile that asks for it, where it is a stricter one than the reader's. */
  readonly beyond?: Tier;
}

/** All safe settings of a profile in one step, or all that are only likely to be safe. */
export interface SafeStep {
  readonly profile: Tier;
  readonly likely?: true;
  /** How many lines it adds or changes. */
  readonly count: number;
  readonly title: string;
  readonly gain: string;
}

const NONE: Unwanted = () => false;

/** The profile that a report speaks of: the reader's, or basic where that is off. */
export const reportedProfile = (profile: Profile): Tier => (profile === "off" ? "basic" : profile);

/**
 * The settings that are safe for a unit, each for itself: those of the reader's profile, and after them those of the strict
 * one, marked. What would not lower the exposure and pass no check, as a drop-in undoes it, is left out, and what raises it.
 */
export function safeOffers(unit: Unit, profile: Profile, unwanted = NONE): SafeOffer[] {
  const own = reportedProfile(profile);
  const first = offersOf(unit, own, unwanted);
  if (own !== "basic") return first;
  const known = new Set(first.map((it) => it.directive));
  const more = offersOf(unit, "strict", unwanted).filter((it) => !known.has(it.directive));
  return [...first, ...more.map((it) => ({ ...it, beyond: "strict" as const }))];
}

function offersOf(unit: Unit, profile: Tier, unwanted: Unwanted): SafeOffer[] {
  const byDirective = new Map<HardeningDirective, SafeSetting[]>();
  for (const it of safeSettings(unit, profile, unwanted))
    byDirective.set(it.directive, [...(byDirective.get(it.directive) ?? []), it]);
  return [...byDirective].flatMap(([directive, settings]) => {
    const fix = safeFix(unit, profile, allBut(directive));
    const edits = fix?.edits() ?? [];
    const effect = edits.length > 0 ? exposureGain(unit, edits, fix?.sets) : undefined;
    const lines = fix?.sets ?? settings.map((it) => it.line);
    return effect && !effect.raises ? [offerOf(directive, settings, lines, effect)] : [];
  });
}

function offerOf(
  directive: HardeningDirective,
  settings: readonly SafeSetting[],
  lines: readonly string[],
  effect: ExposureGain,
): SafeOffer {
  const row = ROWS.find((it) => it.directive === directive);
  const [head = "", ...more] = lines;
  const verb = settings[0]?.replaces ? "Change to" : "Add";
  return {
    directive,
    lines,
    title: `${verb} ${head}${more.length > 0 ? ` with ${more.map((it) => it.replace(/=.*/, "=")).join(" and ")}` : ""}`,
    gain: gainText(effect),
    protects: row?.protects ?? "",
    breaks: breaksOfLine(head, directive) ?? row?.breaks ?? "",
    passes: effect.passes,
    grade: settings[0]?.grade ?? "proven",
    reason: settings[0]?.reason ?? "",
  };
}

const allBut =
  (directive: HardeningDirective): Unwanted =>
  (code) =>
    code !== codeOf(directive);

/** The edits that add what is safe of one setting, in addition to those that are set; none where nothing is. */
export function safeEdits(unit: Unit, profile: Profile, directive: HardeningDirective): readonly TextEdit[] {
  return safeFix(unit, reportedProfile(profile), allBut(directive))?.edits() ?? [];
}

/** The edits that add all safe settings of a profile, in groups with headings. */
export function allSafeEdits(unit: Unit, profile: Tier, unwanted = NONE): readonly TextEdit[] {
  return hardenUnit(unit, profile, unwanted).edits;
}

/** The steps that add all safe settings: those of the reader's profile, and of the strict one where that has more. */
export function safeSteps(unit: Unit, profile: Profile, unwanted = NONE): SafeStep[] {
  const own = reportedProfile(profile);
  const profiles: readonly Tier[] = own === "basic" ? ["basic", "strict"] : [own];
  const steps: SafeStep[] = [];
  for (const it of profiles) {
    const { edits, settings } = hardenUnit(unit, it, unwanted);
    const count = settings.length;
    const effect = count > (steps[0]?.count ?? 0) ? exposureGain(unit, edits) : undefined;
    if (!effect || effect.raises) continue;
    const what = it === own ? "" : steps.length > 0 ? `, those of the ${it} profile too` : ` of the ${it} profile`;
    const title = count === 1 ? `Add 1 safe setting${what}` : `Add all ${count} safe settings${what}`;
    steps.push({ profile: it, count, title, gain: gainText(effect) });
  }
  const likely = likelyFix(unit, own, unwanted);
  const effect = likely && exposureGain(unit, likely.edits(), likely.sets);
  if (!likely || !effect || effect.raises) return steps;
  return [
    ...steps,
    { profile: own, likely: true, count: likely.sets?.length ?? 0, title: likely.title, gain: gainText(effect) },
  ];
}

/** The edits of the step that adds what is only likely to be safe. */
export const likelyEdits = (unit: Unit, profile: Tier, unwanted = NONE): readonly TextEdit[] =>
  likelyFix(unit, profile, unwanted)?.edits() ?? [];
