import type { Unit } from "../units/unit.ts";
import type { CausingSetting } from "./cause.ts";
import { diagnose, settingKey } from "./diagnose.ts";
import { type Evidence, evidenceIn } from "./evidence.ts";

/** More lines for one cause nobody reads. */
const MAX_LINES = 3;
/** As many different lines of a failure are asked what they speak for, the last ones. */
const ASKED = 40;
/** A line by itself may show a cause less surely than all together. */
const LESS_SURE = 45;

/** The lines of a failure that speak for each of its causes, in their order: those that lead to it by themselves, else the last that reports the failure. */
export function tellingLines(
  unit: Unit,
  { telling }: Evidence,
  causes: readonly CausingSetting[],
): ReadonlyMap<CausingSetting, readonly string[]> {
  if (causes.length === 0) return new Map();
  const found = telling.slice(-ASKED).map((line) => {
    const alone = diagnose(unit, evidenceIn([line]));
    return { line, weights: new Map(alone.map((it) => [settingKey(it), it.weight])) };
  });
  return new Map(
    causes.map((cause) => {
      const key = settingKey(cause);
      const lines = found.filter(({ weights }) => (weights.get(key) ?? 0) >= cause.weight - LESS_SURE);
      const shown = lines.length > 0 ? lines.slice(-MAX_LINES).map((it) => it.line) : telling.slice(-1);
      return [cause, shown];
    }),
  );
}
