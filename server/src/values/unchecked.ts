import { UNCHECKED_CONDITIONS } from "./unchecked/conditions.ts";
import { UNCHECKED_EXEC } from "./unchecked/exec.ts";
import { UNCHECKED_RESOURCES } from "./unchecked/resources.ts";
import { UNCHECKED_SCALARS } from "./unchecked/scalars.ts";
import { UNCHECKED_UNITS } from "./unchecked/units.ts";

/**
 * The value types whose grammar is still to be written, by the name of their C routine in camel case without
 * `config_parse_`, or by a name of their own where one routine has several grammars.
 */
export const UNCHECKED = {
  ...UNCHECKED_SCALARS,
  ...UNCHECKED_UNITS,
  ...UNCHECKED_CONDITIONS,
  ...UNCHECKED_EXEC,
  ...UNCHECKED_RESOURCES,
};
