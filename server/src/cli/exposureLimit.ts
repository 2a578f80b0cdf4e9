import { type ExposureLimit, limitFor } from "../configuration/configuration.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import type { Unit } from "../units/unit.ts";
import type { Configurations } from "./configurations.ts";
import { UsageError } from "./option.ts";

/** A threshold with the configuration that it is from. */
export interface AppliedLimit extends ExposureLimit {
  readonly from: string;
}

/** The threshold that a configuration sets for a service by its name. */
export function limitOf(configurations: Configurations, path: string, name = ""): AppliedLimit | undefined {
  const found = configurations.of(path);
  const limit = found && limitFor(found, name, configurations.today);
  return limit && { ...limit, from: found.path };
}

/** The threshold as a sentence names it, such as `5.0, the threshold of nginx.service in .unit-warden.json`. */
export const limitText = ({ tenths, unit, from }: AppliedLimit): string =>
  `${formatExposure(tenths)}, the threshold ${unit === undefined ? "" : `of ${unit} `}in ${from}`;

/** What is said of a service whose exposure is above its threshold; undefined for one within. */
export function aboveLimit(unit: Unit, limit: AppliedLimit): string | undefined {
  const { exposure } = assess(unit);
  if (exposure === undefined || exposure <= limit.tenths) return undefined;
  return `exposure ${formatExposure(exposure)} is above ${limitText(limit)}: the settings that it lacks fail`;
}

/** An exposure as it is shown, in tenths; a whole number above 10 counts tenths. */
export function thresholdOf(written = "10.0"): number {
  const threshold = Number(written);
  if (!/^\d+(?:\.\d)?$/.test(written) || threshold > 100 || (threshold > 10 && written.includes(".")))
    throw new UsageError(`--threshold takes an exposure from 0.0 to 10.0, not ${written}`);
  return threshold > 10 ? threshold : Math.round(threshold * 10);
}
