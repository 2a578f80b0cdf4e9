import type { Grade } from "../findings/finding.ts";
import type { PackagedConfiguration } from "../needs/packagedConfiguration.ts";
import type { Facts } from "../service/facts.ts";
import { type Confidence, confidenceWithoutRun } from "./confidence.ts";
import type { Fit } from "./fit.ts";
import { changedCondition, exercisedIn } from "./measuredCondition.ts";
import type { MeasuredDaemon } from "./measuredDaemon.ts";
import type { Row } from "./profiles.ts";

/** The daemon that was measured, and whether the unit runs just that. */
interface MeasuredBy {
  readonly daemon: MeasuredDaemon;
  readonly isSame: boolean;
}

/** How sure a value is that was measured. */
export function surenessOf(
  measured: MeasuredBy,
  configuration: PackagedConfiguration | undefined,
  value: string,
): Confidence {
  const { daemon } = measured;
  if (configuration && configuration.state !== "untouched")
    return { grade: "likely", reason: changedCondition(daemon, configuration), value };
  return { grade: gradeOf(measured), reason: reasonOf(measured, configuration !== undefined), value };
}

/** Where the configuration is not that of the run, whether the files of the program and other daemons tell more than the run. */
export function holdsWithoutRun(
  row: Row,
  { safeValue, doubt }: Fit,
  facts: Facts,
  by: PackagedConfiguration | undefined,
): boolean {
  if (!by || by.state === "untouched" || safeValue === undefined) return false;
  return confidenceWithoutRun(row, facts, safeValue, doubt).grade !== "likely";
}

const gradeOf = ({ daemon, isSame }: MeasuredBy): Grade => (isSame && daemon.asked !== "start" ? "measured" : "read");

function reasonOf({ daemon, isSame }: MeasuredBy, isUntouched: boolean): string {
  const what = `${daemon.package} ${daemon.version}`;
  if (!isSame) return `it holds with the unit of ${what}`;
  return daemon.asked === "start"
    ? `${what} starts with it, of which no more was tried`
    : `it was proven with ${what}, its configuration untouched${isUntouched ? ", as it is here" : ""}; ${exercisedIn(daemon)}`;
}
