import { isAdvice } from "../findings/advice.ts";
import type { Finding } from "../findings/finding.ts";
import { type Severities, severityFor } from "../findings/pattern.ts";

/** The words for the lowest severity that fails a run; `advice` is all that is reported, also hints and what a file lacks. */
export const FAIL_LEVELS = ["error", "warning", "info", "advice", "never"] as const;

/** One of these words. */
export type FailLevel = (typeof FAIL_LEVELS)[number];

/** What decides about advice besides the level. */
interface FailConditions {
  /** Severities of a configuration: advice that has one there fails as other findings of it do. */
  readonly rules?: Severities | undefined;
  /** Whether the exposure of the service is above its threshold, so that what it lacks fails at all levels. */
  readonly isExposed?: boolean;
}

/** Whether a finding makes the exit status 1. */
export function failsAt(level: FailLevel, { rules, isExposed }: FailConditions = {}): (finding: Finding) => boolean {
  if (level === "never") return () => false;
  const least = FAIL_LEVELS.indexOf(level);
  return (finding) => {
    const isOfItself = !isAdvice(finding) || (rules && severityFor(finding.code, rules) !== undefined);
    if (!isOfItself && isExposed) return true;
    const ownLevel: FailLevel = isOfItself && finding.severity !== "hint" ? finding.severity : "advice";
    return FAIL_LEVELS.indexOf(ownLevel) <= least;
  };
}
