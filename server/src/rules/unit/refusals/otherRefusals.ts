import type { RefusalRule } from "./refusalRule.ts";

/** Follows the verify routines of all other kinds of units, systemd 257 to 262. */
export const OTHER_REFUSALS: readonly RefusalRule[] = [
  {
    code: "unit-name",
    blame: [],
  },
  {
    code: "no-file",
    blame: [],
  },
  {
    code: "nothing-to-do",
    blame: [],
  },
  {
    code: "several-isolated",
    blame: ["OnFailureJobMode", "OnFailureIsolate", "OnSuccessJobMode"],
  },
  {
    code: "mount-point",
    blame: ["Where", "What"],
  },
  {
    code: "mount-point-taken",
    blame: ["Where"],
  },
  {
    code: "no-source",
    blame: [],
  },
];
