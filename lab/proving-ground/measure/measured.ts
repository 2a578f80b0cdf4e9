import type { MeasuredDaemon } from "../../../server/src/hardening/measuredDaemon.ts";

/** The same with what only people read: what was done, and where it led. */
export interface MeasuredRow extends MeasuredDaemon {
  /** What it was asked for while it was learnt, and what else was done. */
  readonly exercised: readonly string[];
  /** Exposure levels as shipped and with the settings. */
  readonly exposure: readonly [string, string];
}

/** A service that was tried and is not among them. */
export interface LeftOut {
  readonly unit: string;
  readonly package: string;
  readonly reason: string;
}
