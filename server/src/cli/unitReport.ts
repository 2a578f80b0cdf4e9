import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import type { Assessment } from "../security/exposure.ts";

/** The exposure of one service file. */
export interface UnitReport {
  readonly path: string;
  readonly unit: UnitPath;
  readonly assessment: Assessment;
}
