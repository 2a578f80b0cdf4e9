import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { DEVICE_LIMITS } from "./numbers/deviceLimits.ts";
import { INTEGERS } from "./numbers/integers.ts";
import { MODE_GRAMMARS } from "./numbers/modes.ts";
import { RESOURCE_LIMITS } from "./numbers/resourceLimits.ts";
import { SETS } from "./numbers/sets.ts";
import { SHARE_GRAMMARS } from "./numbers/shares.ts";
import { SIZES } from "./numbers/sizes.ts";
import { TIMES } from "./numbers/times.ts";

/** Numbers, times, sizes, percentages, limits. */
export const NUMBERS = joinTables(
  INTEGERS,
  MODE_GRAMMARS,
  TIMES,
  SIZES,
  SHARE_GRAMMARS,
  RESOURCE_LIMITS,
  SETS,
  DEVICE_LIMITS,
) satisfies Record<string, Grammar>;
