import { alsoInDropIns } from "../findings/inDropIns.ts";
import type { LineRule, Rule } from "../findings/rule.ts";
import { valueRules } from "../findings/valueRule.ts";
import { ignored } from "./directive/ignored.ts";
import { oldName } from "./directive/oldName.ts";
import { retiring } from "./directive/retiring.ts";
import { tooNew } from "./directive/tooNew.ts";
import { unknownDirective } from "./directive/unknownDirective.ts";
import { unknownSection } from "./directive/unknownSection.ts";
import { unsupported } from "./directive/unsupported.ts";
import { wrongSection } from "./directive/wrongSection.ts";
import { LEARN_RULES } from "./learn.ts";
import { REFERENCE_RULES } from "./reference.ts";
import { contradictedStatement } from "./sandbox/contradictedStatement.ts";
import { DROP_IN_RULES } from "./sandbox/dropIn.ts";
import { PATH_SANDBOX_RULES } from "./sandbox/paths.ts";
import { RIGHTS_RULES } from "./sandbox/rights.ts";
import { secretInUnit } from "./sandbox/secretInUnit.ts";
import { TRAP_RULES } from "./sandbox/traps.ts";
import { contradictingStatements, unknownStatement } from "./style/statements.ts";
import { SUPPRESSION_RULES } from "./style/suppressions.ts";
import { blankAfterBackslash } from "./syntax/blankAfterBackslash.ts";
import { encoding } from "./syntax/encoding.ts";
import { joinedSetting } from "./syntax/joinedSetting.ts";
import { lineTooLong } from "./syntax/lineTooLong.ts";
import { missingEquals } from "./syntax/missingEquals.ts";
import { missingKey } from "./syntax/missingKey.ts";
import { outsideSection } from "./syntax/outsideSection.ts";
import { sectionHeader } from "./syntax/sectionHeader.ts";
import { addedLines } from "./unit/addedLines.ts";
import { CALENDAR_DAY_RULES } from "./unit/calendarDays.ts";
import { COMMAND_RULES } from "./unit/commands.ts";
import { COMPLAINT_RULES } from "./unit/complaints.ts";
import { endlessWait } from "./unit/endlessWait.ts";
import { ENDING_RULES } from "./unit/endsAtOnce.ts";
import { FILE_RULES } from "./unit/fileRules.ts";
import { IDLE_RULES } from "./unit/idle.ts";
import { INSTANCE_LINE_RULES, INSTANCE_RULES } from "./unit/instances.ts";
import { LIMIT_RULES } from "./unit/limits.ts";
import { LOST_DATA_RULES } from "./unit/lostData.ts";
import { REFUSAL_RULES } from "./unit/refusals.ts";
import { repeatedSession } from "./unit/repeatedSession.ts";
import { RESTART_RULES } from "./unit/restarts.ts";
import { schedulingPriority } from "./unit/schedulingPriority.ts";
import { SCRIPT_RULES } from "./unit/scripts.ts";
import { SHUTDOWN_RULES } from "./unit/shutdown.ts";
import { START_RULES } from "./unit/starts.ts";
import { START_TYPE_RULES } from "./unit/startType.ts";
import { STOP_RULES } from "./unit/stops.ts";
import { TIMER_TIME_RULES } from "./unit/timerTimes.ts";
import { severalTriggers } from "./unit/triggers.ts";
import { userAction } from "./value/userAction.ts";

/** The rules about the text of a file and its values, which come first. */
export const RULES_OF_TEXTS: readonly (Rule | LineRule)[] = [
  encoding,
  lineTooLong,
  sectionHeader,
  outsideSection,
  missingEquals,
  missingKey,
  blankAfterBackslash,
  joinedSetting,
  unknownSection,
  unknownDirective,
  wrongSection,
  tooNew,
  unsupported,
  ignored,
  retiring,
  oldName,
  ...valueRules("value"),
  userAction,
];

/** The rules about what a unit says and what lies around it, which come last. */
export const RULES_OF_UNITS: readonly (Rule | LineRule)[] = [
  ...REFUSAL_RULES,
  ...COMPLAINT_RULES,
  ...IDLE_RULES,
  ...FILE_RULES,
  ...COMMAND_RULES,
  ...ENDING_RULES,
  ...START_TYPE_RULES,
  ...START_RULES,
  ...RESTART_RULES,
  ...STOP_RULES,
  ...LIMIT_RULES,
  ...LOST_DATA_RULES,
  ...SCRIPT_RULES,
  ...SHUTDOWN_RULES,
  ...CALENDAR_DAY_RULES,
  ...TIMER_TIME_RULES,
  ...alsoInDropIns([endlessWait]),
  addedLines,
  ...INSTANCE_LINE_RULES,
  ...INSTANCE_RULES,
  ...alsoInDropIns([severalTriggers]),
  repeatedSession,
  schedulingPriority,
  ...RIGHTS_RULES,
  ...PATH_SANDBOX_RULES,
  ...TRAP_RULES,
  ...DROP_IN_RULES,
  secretInUnit,
  ...alsoInDropIns([contradictedStatement]),
  ...LEARN_RULES,
  ...REFERENCE_RULES,
  ...SUPPRESSION_RULES,
  unknownStatement,
  ...alsoInDropIns([contradictingStatements]),
];
