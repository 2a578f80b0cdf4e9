import { seenFromDropIn } from "../units/unit.ts";
import type { Rule } from "./rule.ts";

/**
 * Rules about a unit with its drop-ins, which then judge a drop-in, too, where its unit can be seen: by the effective
 * settings of the whole. Each finding stands at one line, and is found in the file of that line alone.
 */
export const alsoInDropIns = (rules: readonly Rule[]): readonly Rule[] =>
  rules.map((rule) => ({
    ...rule,
    check: (unit, context) => rule.check((unit.main && seenFromDropIn(unit)) ?? unit, context),
  }));
