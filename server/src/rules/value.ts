import type { LineRule } from "./rule.ts";
import { CALENDAR_RULES } from "./value/calendar.ts";
import { LIST_RULES } from "./value/lists.ts";
import { NAME_RULES } from "./value/names.ts";
import { NUMBER_RULES } from "./value/numbers.ts";
import { PATH_RULES } from "./value/paths.ts";
import { UNIT_RULES } from "./value/units.ts";
import { WORD_RULES } from "./value/words.ts";
import { valueRules } from "./valueRule.ts";

/** The rules about what grammars find; a code without one does not compile. */
export const VALUE_RULES: readonly LineRule[] = valueRules({
  ...WORD_RULES,
  ...NUMBER_RULES,
  ...NAME_RULES,
  ...PATH_RULES,
  ...LIST_RULES,
  ...UNIT_RULES,
  ...CALENDAR_RULES,
});
