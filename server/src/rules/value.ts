import type { LineRule } from "../findings/rule.ts";
import { valueRules } from "../findings/valueRule.ts";
import { joinTables } from "../text/tables.ts";
import { DAEMON_VALUES } from "./daemon/valueRules.ts";
import { QUADLET_VALUES } from "./quadlet/valueRules.ts";
import { ADDRESS_RULES } from "./value/addressRules.ts";
import { CALENDAR_RULES } from "./value/calendarRules.ts";
import { IMAGE_RULES } from "./value/imageRules.ts";
import { LIST_RULES } from "./value/listRules.ts";
import { NAME_RULES } from "./value/nameRules.ts";
import { NUMBER_RULES } from "./value/numberRules.ts";
import { PATH_RULES } from "./value/pathRules.ts";
import { UNIT_RULES } from "./value/unitRules.ts";
import { WORD_RULES } from "./value/wordRules.ts";

/** The rules about what grammars find; a code without one does not compile. */
const ALL: readonly LineRule[] = valueRules(
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

const isOf =
  (codes: object) =>
  ({ code }: LineRule): boolean =>
    Object.hasOwn(codes, code);

/** Those about values of keys of quadlets. */
export const QUADLET_VALUE_RULES: readonly LineRule[] = ALL.filter(isOf(QUADLET_VALUES));

/** Those about values of which a program does not say where they stand. */
export const DAEMON_VALUE_RULES: readonly LineRule[] = ALL.filter(isOf(DAEMON_VALUES));

/** Those about all other values. */
export const VALUE_RULES: readonly LineRule[] = ALL.filter(
  (it) => !isOf(QUADLET_VALUES)(it) && !isOf(DAEMON_VALUES)(it),
);
