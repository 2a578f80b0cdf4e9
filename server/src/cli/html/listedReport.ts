import { exposureSummary } from "../../features/exposureSummary.ts";
import { afterEdits, costOf } from "../../features/gain.ts";
import { exposureReport } from "../../features/report.ts";
import { hardenAsDropIn, hardenUnit } from "../../hardening/profile.ts";
import { assess, tableNameOf } from "../../security/exposure.ts";
import type { Unit } from "../../units/unit.ts";
import type { AssessedUnit } from "../securityReport.ts";
import { type ListedReport, MANY_SERVICES } from "./securityPage.ts";
import type { UnitDetails } from "./unitDetails.ts";

/** What a page says of a service: of many services only what can be improved. */
export function listedReport({ path, read, total }: AssessedUnit): ListedReport {
  const summary = exposureSummary(read, "basic");
  const details = summary.safe > 0 && summary.exposure !== undefined ? improvements(read) : undefined;
  if (total >= MANY_SERVICES) return { path, summary, details };
  return { path, summary, details, report: exposureReport(read) };
}

/** What is safe to add as a drop-in, and what costs most after it. */
function improvements(unit: Unit): UnitDetails {
  const { checks } = assess(afterEdits(unit, hardenUnit(unit, "basic").edits));
  const dear = checks.filter(({ badness }) => badness).toSorted((a, b) => costOf(b) - costOf(a));
  const rest = dear.slice(0, MOST_LEFT).map(({ id, exposure = "" }) => [tableNameOf(id), exposure] as const);
  return { dropIn: hardenAsDropIn(unit, "basic", undefined).text, rest };
}

/** Of so many checks a page of many services says what they cost. */
const MOST_LEFT = 8;
