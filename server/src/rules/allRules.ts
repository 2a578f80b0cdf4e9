import { DAEMON_RULES } from "./daemon.ts";
import { ignored } from "./directive/ignored.ts";
import { oldName } from "./directive/oldName.ts";
import { retiring } from "./directive/retiring.ts";
import { tooNew } from "./directive/tooNew.ts";
import { unknownDirective } from "./directive/unknownDirective.ts";
import { unknownSection } from "./directive/unknownSection.ts";
import { unsupported } from "./directive/unsupported.ts";
import { wrongSection } from "./directive/wrongSection.ts";
import { PARTITION_RULES } from "./image/partition.ts";
import { TRANSFER_RULES } from "./image/transfer.ts";
import { alsoInDropIns } from "./inDropIns.ts";
import { LEARN_RULES } from "./learn.ts";
import { NETWORK_ADVICE_RULES } from "./network/advice.ts";
import { BESIDE_RULES } from "./network/beside.ts";
import { CONFLICT_RULES } from "./network/conflicts.ts";
import { DEVICE_RULES } from "./network/devices.ts";
import { DUPLICATE_RULES } from "./network/duplicates.ts";
import { IGNORED_SECTION_RULES } from "./network/ignoredSections.ts";
import { MATCH_RULES } from "./network/match.ts";
import { SECRET_RULES } from "./network/secrets.ts";
import { NSPAWN_CONFINEMENT_RULES } from "./nspawn/confinement.ts";
import { NSPAWN_START_RULES } from "./nspawn/start.ts";
import { QUADLET_CONFINEMENT_RULES } from "./quadlet/confinement.ts";
import { QUADLET_KEY_RULES } from "./quadlet/keys.ts";
import { QUADLET_LINK_RULES } from "./quadlet/links.ts";
import { QUADLET_PARTS_RULES } from "./quadlet/parts.ts";
import { QUADLET_REFUSAL_RULES } from "./quadlet/refusals.ts";
import { QUADLET_SILENT_RULES } from "./quadlet/silent.ts";
import { REFERENCE_RULES } from "./reference.ts";
import type { LineRule, Rule } from "./rule.ts";
import { DROP_IN_RULES } from "./sandbox/dropIn.ts";
import { PATH_SANDBOX_RULES } from "./sandbox/paths.ts";
import { RIGHTS_RULES } from "./sandbox/rights.ts";
import { secretInUnit } from "./sandbox/secretInUnit.ts";
import { TRAP_RULES } from "./sandbox/traps.ts";
import { SUPPRESSION_RULES } from "./style/suppressions.ts";
import { blankAfterBackslash } from "./syntax/blankAfterBackslash.ts";
import { encoding } from "./syntax/encoding.ts";
import { lineTooLong } from "./syntax/lineTooLong.ts";
import { missingEquals } from "./syntax/missingEquals.ts";
import { missingKey } from "./syntax/missingKey.ts";
import { outsideSection } from "./syntax/outsideSection.ts";
import { sectionHeader } from "./syntax/sectionHeader.ts";
import { COMPLAINT_RULES } from "./unit/complaints.ts";
import { ENDING_RULES } from "./unit/endsAtOnce.ts";
import { FILE_RULES } from "./unit/files.ts";
import { IDLE_RULES } from "./unit/idle.ts";
import { REFUSAL_RULES } from "./unit/refusals.ts";
import { repeatedSession } from "./unit/repeatedSession.ts";
import { schedulingPriority } from "./unit/schedulingPriority.ts";
import { SHUTDOWN_RULES } from "./unit/shutdown.ts";
import { severalTriggers } from "./unit/triggers.ts";
import { userAction } from "./value/userAction.ts";
import { QUADLET_VALUE_RULES, VALUE_RULES } from "./value.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly (Rule | LineRule)[] = [
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
  ...VALUE_RULES,
  userAction,
  ...DAEMON_RULES,
  ...QUADLET_KEY_RULES,
  ...QUADLET_REFUSAL_RULES,
  ...QUADLET_LINK_RULES,
  ...QUADLET_SILENT_RULES,
  ...QUADLET_PARTS_RULES,
  ...QUADLET_VALUE_RULES,
  ...QUADLET_CONFINEMENT_RULES,
  ...MATCH_RULES,
  ...NETWORK_ADVICE_RULES,
  ...IGNORED_SECTION_RULES,
  ...CONFLICT_RULES,
  ...DUPLICATE_RULES,
  ...DEVICE_RULES,
  ...SECRET_RULES,
  ...BESIDE_RULES,
  ...NSPAWN_START_RULES,
  ...NSPAWN_CONFINEMENT_RULES,
  ...PARTITION_RULES,
  ...TRANSFER_RULES,
  ...REFUSAL_RULES,
  ...COMPLAINT_RULES,
  ...IDLE_RULES,
  ...FILE_RULES,
  ...ENDING_RULES,
  ...SHUTDOWN_RULES,
  ...alsoInDropIns([severalTriggers]),
  repeatedSession,
  schedulingPriority,
  ...RIGHTS_RULES,
  ...PATH_SANDBOX_RULES,
  ...TRAP_RULES,
  ...DROP_IN_RULES,
  secretInUnit,
  ...LEARN_RULES,
  ...REFERENCE_RULES,
  ...SUPPRESSION_RULES,
];
