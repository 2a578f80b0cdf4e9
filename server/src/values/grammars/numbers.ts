import type { Grammar } from "../grammar.ts";
import { DEVICES } from "./numbers/devices.ts";
import { INTEGERS } from "./numbers/integers.ts";
import { MODES } from "./numbers/modes.ts";
import { RESOURCE_LIMITS } from "./numbers/resourceLimits.ts";
import { SETS } from "./numbers/sets.ts";
import { SHARES } from "./numbers/shares.ts";
import { SIZES } from "./numbers/sizes.ts";
import { TIMES } from "./numbers/times.ts";

/** Numbers, times, sizes, percentages, limits. */
export const NUMBERS = {
  ...INTEGERS,
  ...MODES,
  ...TIMES,
  ...SIZES,
  ...SHARES,
  ...RESOURCE_LIMITS,
  ...SETS,
  ...DEVICES,
} as const satisfies Record<string, Grammar>;
