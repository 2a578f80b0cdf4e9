import type { LineRule, Rule } from "../findings/rule.ts";
import { DAEMON_RULES } from "./daemon.ts";
import { PARTITION_RULES } from "./image/partition.ts";
import { TRANSFER_RULES } from "./image/transfer.ts";
import { BESIDE_RULES } from "./network/beside.ts";
import { CONFLICT_RULES } from "./network/conflicts.ts";
import { DEVICE_RULES } from "./network/deviceRules.ts";
import { DUPLICATE_RULES } from "./network/duplicates.ts";
import { IGNORED_SECTION_RULES } from "./network/ignoredSections.ts";
import { MATCH_RULES } from "./network/match.ts";
import { NETWORK_ADVICE_RULES } from "./network/networkAdvice.ts";
import { SECRET_RULES } from "./network/secrets.ts";
import { NSPAWN_CONFINEMENT_RULES } from "./nspawn/nspawnConfinement.ts";
import { NSPAWN_START_RULES } from "./nspawn/start.ts";
import { QUADLET_CONFINEMENT_RULES } from "./quadlet/confinement.ts";
import { QUADLET_LINK_RULES } from "./quadlet/links.ts";
import { QUADLET_PARTS_RULES } from "./quadlet/parts.ts";
import { QUADLET_IMAGE_RULES } from "./quadlet/quadletImageRules.ts";
import { QUADLET_KEY_RULES } from "./quadlet/quadletKeyRules.ts";
import { QUADLET_REFUSAL_RULES } from "./quadlet/quadletRefusals.ts";
import { QUADLET_SILENT_RULES } from "./quadlet/silent.ts";
import { QUADLET_START_RULES } from "./quadlet/started.ts";
import { RULES_OF_TEXTS, RULES_OF_UNITS } from "./unitRules.ts";
import { QUADLET_VALUE_RULES } from "./value.ts";

/** The rules about correctness, in the order of their families; hardening/ has its own table. */
export const RULES: readonly (Rule | LineRule)[] = [
  ...RULES_OF_TEXTS,
  ...DAEMON_RULES,
  ...QUADLET_KEY_RULES,
  ...QUADLET_REFUSAL_RULES,
  ...QUADLET_LINK_RULES,
  ...QUADLET_SILENT_RULES,
  ...QUADLET_IMAGE_RULES,
  ...QUADLET_START_RULES,
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
  ...RULES_OF_UNITS,
];
