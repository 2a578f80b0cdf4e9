import type { Rule } from "../../findings/rule.ts";

const found: Rule["check"] = () => [];

/** What is said of the comments that silence findings. check() finds both, once all other findings are known. */
export const SUPPRESSION_RULES: readonly Rule[] = [
  {
    code: "style/unused-suppression",
    check: found,
  },
  {
    code: "style/unknown-suppression",
    check: found,
  },
];
