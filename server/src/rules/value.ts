import { DAEMON_VALUES } from "../dialects/daemons/rules/valueRules.ts";
import { QUADLET_VALUES } from "../dialects/quadlets/rules/quadletValueRules.ts";
import type { LineRule } from "../findings/rule.ts";
import { allValueRules } from "../findings/valueRule.ts";
import { joinTables } from "../text/tables.ts";
import { ADDRESS_RULES } from "./value/addressRules.ts";
import { CALENDAR_RULES } from "./value/calendarRules.ts";
import { IMAGE_RULES } from "./value/imageRules.ts";
import { LIST_RULES } from "./value/listRules.ts";
import { NAME_RULES } from "./value/nameRules.ts";
import { NUMBER_RULES } from "./value/numberRules.ts";
import { PATH_RULES } from "./value/pathRules.ts";
import { UNIT_RULES } from "./value/unitRules.ts";
import { WORD_RULES } from "./value/wordRules.ts";

/** All of them, those of dialects too, so that each code of a grammar has one. */
const ALL: readonly LineRule[] = allValueRules(
  joinTables(
    WORD_RULES,
    NUMBER_RULES,
    NAME_RULES,
    PATH_RULES,
    LIST_RULES,
    ADDRESS_RULES,
    IMAGE_RULES,
    UNIT_RULES,
    CALENDAR_RULES,
    QUADLET_VALUES,
    DAEMON_VALUES,
  ),
);

/** Those about values of units, and of several dialects. */
export const VALUE_RULES: readonly LineRule[] = ALL.filter(({ code }) => code.startsWith("value/"));
