import type { Facts } from "../service/facts.ts";
import { confidenceWithoutRun } from "./confidence.ts";
import { fitOf } from "./fit.ts";
import type { Row } from "./profiles.ts";
import { usualValue } from "./usual.ts";

/** What comes with a filter of calls makes no room for anything. */
const OF_CALLS = /^SystemCall/;

/**
 * The values of a setting that one click adds to a service of which no run is known, the strictest first. What needs lines besides
 * it, such as room in a read-only system, is left out: learning finds that room itself.
 */
export function addedWithoutRun(row: Row, facts: Facts): readonly string[] {
  const fit = fitOf(row, facts, "strict");
  const { safeValue, lines, doubt } = fit;
  const isAlone = lines.every((it) => OF_CALLS.test(it)) && fit.with.length === 0;
  const isAdded =
    isAlone && safeValue !== undefined && confidenceWithoutRun(row, facts, safeValue, doubt).grade !== "likely";
  const usual = usualValue(row.directive, fit, facts)?.confidence.value;
  return [...(isAdded ? [safeValue] : []), ...(usual === undefined ? [] : [usual])];
}
