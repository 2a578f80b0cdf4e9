import type { Rule } from "./rule.ts";
import { blankAfterBackslash } from "./rules/blankAfterBackslash.ts";
import { COMPLAINT_RULES } from "./rules/complaints.ts";
import { DROP_IN_RULES } from "./rules/dropIn.ts";
import { encoding } from "./rules/encoding.ts";
import { FILE_RULES } from "./rules/files.ts";
import { IDLE_RULES } from "./rules/idle.ts";
import { ignored } from "./rules/ignored.ts";
import { alsoInDropIns } from "./rules/inDropIns.ts";
import { lineTooLong } from "./rules/lineTooLong.ts";
import { missingEquals } from "./rules/missingEquals.ts";
import { missingKey } from "./rules/missingKey.ts";
import { oldName } from "./rules/oldName.ts";
import { outsideSection } from "./rules/outsideSection.ts";
import { REFERENCE_RULES } from "./rules/reference.ts";
import { REFUSAL_RULES } from "./rules/refusals.ts";
import { repeatedSession } from "./rules/repeatedSession.ts";
import { retiring } from "./rules/retiring.ts";
import { PATH_SANDBOX_RULES } from "./rules/sandbox/paths.ts";
import { RIGHTS_RULES } from "./rules/sandbox/rights.ts";
import { TRAP_RULES } from "./rules/sandbox/traps.ts";
import { sectionHeader } from "./rules/sectionHeader.ts";
import { secretInUnit } from "./rules/suggestions/secretInUnit.ts";
import { SUPPRESSION_RULES } from "./rules/suppressions.ts";
import { tooNew } from "./rules/tooNew.ts";
import { severalTriggers } from "./rules/triggers.ts";
import { unknownDirective } from "./rules/unknownDirective.ts";
import { unknownSection } from "./rules/unknownSection.ts";
import { unsupported } from "./rules/unsupported.ts";
import { userAction } from "./rules/userAction.ts";
import { CALENDAR_RULES } from "./rules/values/calendar.ts";
import { LIST_RULES } from "./rules/values/lists.ts";
import { NAME_RULES } from "./rules/values/names.ts";
import { NUMBER_RULES } from "./rules/values/numbers.ts";
import { PATH_RULES } from "./rules/values/paths.ts";
import { UNIT_RULES } from "./rules/values/units.ts";
import { WORD_RULES } from "./rules/values/words.ts";
import { wrongSection } from "./rules/wrongSection.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly Rule[] = [
  encoding,
  lineTooLong,
  sectionHeader,
  outsideSection,
  missingEquals,
  missingKey,
  blankAfterBackslash,
  unknownSection,
  unknownDirective,
  wrongSection,
  tooNew,
  unsupported,
  ignored,
  retiring,
  oldName,
  ...WORD_RULES,
  ...NUMBER_RULES,
  ...NAME_RULES,
  ...PATH_RULES,
  ...LIST_RULES,
  ...UNIT_RULES,
  ...CALENDAR_RULES,
  userAction,
  ...REFUSAL_RULES,
  ...COMPLAINT_RULES,
  ...IDLE_RULES,
  ...FILE_RULES,
  ...alsoInDropIns([severalTriggers]),
  repeatedSession,
  ...RIGHTS_RULES,
  ...PATH_SANDBOX_RULES,
  ...TRAP_RULES,
  ...DROP_IN_RULES,
  secretInUnit,
  ...REFERENCE_RULES,
  ...SUPPRESSION_RULES,
];
