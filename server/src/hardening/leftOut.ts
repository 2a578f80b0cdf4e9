import type { Unit } from "../units/unit.ts";
import { likelyIn, missingSettings } from "./missingSettings.ts";
import { ownHardening } from "./ownHardening.ts";
import type { Profile } from "./profiles.ts";
import { reasonAgainst, unbearable } from "./reasons.ts";

/** A setting of a profile that is not among those that are known to be safe for a unit. */
export interface LeftOut {
  readonly line: string;
  /** The end of a sentence. */
  readonly reason: string;
  /**
   * Whether nothing speaks against it: then the reason is what has to hold for it. What is `open` may be right, and what is
   * `against` the service cannot bear.
   */
  readonly kind: "likely" | "open" | "against";
}

/**
 * What a profile leaves to the reader; directories and secrets, which the commands name, have advice of their own, and about
 * what a comment silences the reader has decided.
 */
export function leftOut(unit: Unit, profile: Profile): LeftOut[] {
  const own = ownHardening(unit);
  if (own) return own.leftOut(unit, profile);
  const { facts, gaps } = missingSettings(unit, profile);
  return gaps
    .filter(
      (it) =>
        (it.stricter || it.safe.length === 0) && !it.silenced && !/Directory$|^LoadCredential$/.test(it.row.directive),
    )
    .map((gap) => {
      const { row, fit } = gap;
      const likely = likelyIn(gap);
      if (likely) return { line: `${row.directive}=${likely.value}`, reason: likely.reason, kind: "likely" };
      const kind = unbearable(gap, facts) === undefined ? "open" : "against";
      return { line: `${row.directive}=${fit.value}`, reason: reasonAgainst(gap, facts), kind };
    });
}

/** Settings with the same reason together, in the order in which the reasons come first. */
export function byReason<T extends { readonly reason: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const it of all) found.set(it.reason, [...(found.get(it.reason) ?? []), it]);
  return found;
}
