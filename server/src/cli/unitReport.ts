import type { Assessment } from "../security/exposure.ts";
import type { UnitPath } from "../units/unitPath.ts";

/** The exposure of one service file. */
export interface UnitReport {
  readonly path: string;
  readonly unit: UnitPath;
  readonly assessment: Assessment;
}
