import type { Dialect } from "../dialect.ts";
import { COMPONENT } from "./component.ts";
import { FEATURE } from "./feature.ts";
import { IMAGE_FILE_RULES } from "./imageRules.ts";
import { REPART } from "./repart.ts";
import { TRANSFER } from "./transfer.ts";

/** What systemd-repart and systemd-sysupdate read. */
export const IMAGE_FILES = {
  kinds: { transfer: TRANSFER, feature: FEATURE, component: COMPONENT, repart: REPART },
  rules: IMAGE_FILE_RULES,
} as const satisfies Dialect;
