import type { Rule } from "../rule.ts";
import { emptyDependency } from "./reference/empty.ts";
import { joinsNothing } from "./reference/joins.ts";
import { requiresWithoutAfter } from "./reference/ordering.ts";

/** What a unit says about other units, and what systemd does not make of it. */
export const REFERENCE_RULES: readonly Rule[] = [requiresWithoutAfter, joinsNothing, emptyDependency];
