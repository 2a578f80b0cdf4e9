import type { Dialect } from "../dialect.ts";
import { CONTAINER_HARDENING, containerAdvice } from "./hardening/containerAdvice.ts";
import { unitsOfParts } from "./quadletParts.ts";
import { QUADLET_RULES } from "./quadletRules.ts";
import { PARTS_CODE } from "./rules/parts.ts";

/** What podman's generator reads. */
export const QUADLET_FILES = {
  kinds: {},
  rules: QUADLET_RULES,
  hardening: CONTAINER_HARDENING,
  advice: containerAdvice,
  parts: { unitsIn: unitsOfParts, code: PARTS_CODE },
} as const satisfies Dialect;
