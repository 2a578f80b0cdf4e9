import { likelyFix, safeFix } from "../hardening/hardening.ts";
import { type MissingCounts, type MissingNotes, missingText } from "../hardening/missingText.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import type { Unit } from "../units/unit.ts";
import { gainOf, hasExposure } from "./exposure.ts";

/** What a unit lacks of a profile, for the sentence about it. */
export interface MissingIn extends MissingCounts, MissingNotes {
  readonly likely: number;
}

/** How many settings of a profile a unit lacks, and what those that are safe buy; open decisions are not counted. */
export function missingIn(unit: Unit, profile: Profile, unwanted?: Unwanted): MissingIn {
  if (profile === "off") return { safe: 0, likely: 0 };
  const fix = safeFix(unit, profile, unwanted);
  const [lines, edits] = [fix?.sets ?? [], fix?.edits() ?? []];
  const weak = edits.some((it) => it.start < it.end);
  const gain = hasExposure(unit) ? gainOf(unit, lines, edits) : undefined;
  return { safe: lines.length, likely: likelyFix(unit, profile, unwanted)?.sets?.length ?? 0, lines, weak, gain };
}

/** The heading above what is safe to add; where only a stricter profile has such settings, it is no longer about what is missing. */
export const safeHeading = (missing: MissingIn): string =>
  missing.safe + missing.likely > 0 ? missingText(missing, missing) : "Safe to add";
