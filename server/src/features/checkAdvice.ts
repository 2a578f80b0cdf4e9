import { likelyIn, type MissingSetting, missingSettings } from "../hardening/missingSettings.ts";
import { confidenceOf, reasonAgainst } from "../hardening/reasons.ts";
import { programReading } from "../needs/programReading.ts";
import type { Facts } from "../service/facts.ts";
import type { Unit } from "../units/unit.ts";

/** What hardening says of each setting that a unit lacks, by its name. */
export type CheckAdvice = Readonly<Record<string, string>>;

/** Whether a service bears what it lacks, with the reason, where its programs could be read; empty where they could not. */
export function checkAdvice(unit: Unit): CheckAdvice {
  const { facts, gaps } = missingSettings(unit, "strict");
  const reading = gaps.length === 0 ? undefined : programReading(facts);
  if (!reading || reading.isLate) return {};
  return Object.fromEntries(gaps.flatMap((it) => (it.silenced ? [] : [[it.row.directive, adviceOn(it, facts)]])));
}

/** `read: nothing in zorbd sets the clock`, after the line where that says more than yes. */
function adviceOn(gap: MissingSetting, facts: Facts): string {
  const [line] = gap.safe;
  if (line !== undefined) {
    const { grade, reason } = confidenceOf(gap);
    return `${shownLine(line)}${grade}: ${reason}`;
  }
  const likely = likelyIn(gap);
  return likely
    ? `${shownLine(`${gap.row.directive}=${likely.value}`)}likely, ${likely.reason}`
    : reasonAgainst(gap, facts);
}

const shownLine = (line: string): string => (/=yes$/.test(line) ? "" : `${line}, `);
