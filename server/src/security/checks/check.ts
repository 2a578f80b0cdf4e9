import type { DirectiveName } from "../../catalog/catalog.ts";
import type { Lifetime } from "../../facts/version.ts";
import type { UnitSettings } from "../settings.ts";

/** What the reader sees for one outcome of a check: one sentence without a full stop. */
export type Text = string | ((settings: UnitSettings) => string);

/** One of the 81 checks of `systemd-analyze security`. */
export interface Check extends Lifetime {
  /** The name in policy files and JSON output of systemd. */
  readonly id: string;
  /** The name in systemd's table. */
  readonly name: string;
  /** Whose entry in the manual explains it. */
  readonly directive: DirectiveName;
  /** How much it counts, of a sum of 56460 for all. */
  readonly weight: number;
  /** The highest badness that it gives. */
  readonly range: number;
  /** Whether it does not apply to units with DefaultDependencies=no. */
  readonly needsDefaultDependencies?: true;
  /** From 0 to the range, the more the worse; undefined where the check does not apply. */
  readonly assess: (settings: UnitSettings) => number | undefined;
  readonly good: Text;
  readonly bad: Text;
  /** What is said where the check does not apply, for another reason than DefaultDependencies=no. */
  readonly notApplicable?: Text;
  /** An assignment that, added after all others, makes it better; undefined where there is no such single line. */
  readonly fix?: string | ((settings: UnitSettings) => string | undefined);
  /** Whether the fix makes a user service fail, or has no effect there. */
  readonly fixForSystemOnly?: true;
}

/** Bad unless something is so. */
export function badUnless(isGood: boolean): number {
  return isGood ? 0 : 1;
}

type BooleanField = {
  [K in keyof UnitSettings]: UnitSettings[K] extends boolean ? K : never;
}[keyof UnitSettings];

/** What a check says of a setting that is as it should be, and of one that is not. */
export type TwoTexts = { readonly good: Text; readonly bad: Text } & Lifetime;

/** A check that `yes` passes, and whatever else is as good. */
export function yesCheck(
  directive: DirectiveName,
  weight: number,
  isGood: (settings: UnitSettings) => boolean,
  texts: TwoTexts,
): Check {
  return {
    id: directive,
    name: `${directive}=`,
    directive,
    weight,
    range: 1,
    assess: (settings) => badUnless(isGood(settings)),
    ...texts,
    fix: `${directive}=yes`,
  };
}

/** A check of a boolean that should be on. */
export const onOff = (directive: DirectiveName, weight: number, field: BooleanField, texts: TwoTexts): Check =>
  yesCheck(directive, weight, (settings) => settings[field], texts);
