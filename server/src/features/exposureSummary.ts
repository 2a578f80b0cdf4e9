import { likelyFix } from "../hardening/hardening.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import { hardenUnit } from "../hardening/profile.ts";
import type { Profile } from "../hardening/profiles.ts";
import { type Assessment, assess } from "../security/exposure.ts";
import type { Unit } from "../units/unit.ts";
import { afterEdits } from "./gain.ts";
import { reportedProfile } from "./safeOffers.ts";

/** What an overview says of a service. */
export interface ExposureSummary {
  /** Tenths, as systemd counts; missing where systemd refuses the unit, and with it the level. */
  readonly exposure?: number;
  readonly level?: NonNullable<Assessment["level"]>;
  /** How many safe settings the unit lacks. */
  readonly safe: number;
  /** How many it lacks that are only likely to be safe; `after` does not count them. */
  readonly likely: number;
  /** The exposure with all of them; missing where systemd refuses the unit. */
  readonly after?: number;
}

/** The exposure of a unit now and with all that is safe to add. */
export function exposureSummary(unit: Unit, profile: Profile, unwanted?: Unwanted): ExposureSummary {
  const { exposure, level } = assess(unit);
  const reported = reportedProfile(profile);
  const hardened = hardenUnit(unit, reported, unwanted);
  const safe = hardened.settings.length;
  const after = safe === 0 ? exposure : assess(afterEdits(unit, hardened.edits)).exposure;
  return {
    safe,
    likely: likelyFix(unit, reported, unwanted)?.sets?.length ?? 0,
    ...(exposure === undefined ? {} : { exposure }),
    ...(level ? { level } : {}),
    ...(after === undefined ? {} : { after }),
  };
}
