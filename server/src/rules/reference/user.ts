import type { Rule } from "../../findings/rule.ts";
import { LISTS_OF_UNITS, systemUnitsNamed } from "../../findings/systemUnits.ts";

/** Seen with 257: the user manager has its own units alone, those of the system are not there. */
export const userManager: Rule = {
  code: "reference/user-manager",
  needs: LISTS_OF_UNITS,
  check: systemUnitsNamed,
};
