import { joinTables } from "../text/tables.ts";
import type { Grammar } from "./grammar.ts";
import { CALENDAR } from "./grammars/calendarGrammars.ts";
import { LISTS } from "./grammars/listGrammars.ts";
import { NAMES } from "./grammars/nameGrammars.ts";
import { NUMBERS } from "./grammars/numberGrammars.ts";
import { PATH_GRAMMARS } from "./grammars/pathGrammars.ts";
import { UNITS } from "./grammars/unitGrammars.ts";

/**
 * The value types with a grammar, by the name of their C routine in camel case without `config_parse_`, or by a name of
 * their own where one routine has several grammars.
 */
export const GRAMMARS = joinTables(NUMBERS, NAMES, PATH_GRAMMARS, LISTS, UNITS, CALENDAR) satisfies Record<
  string,
  Grammar
>;
