import type { Needs, Sight } from "./needs.ts";

/**
 * How far a run speaks for a setting: `proven` in a second run that showed no new failing call, `seen` in the evidence of one
 * run, or `refused` by what the run did.
 */
export type LearntGrade = "proven" | "seen" | "refused";

/** What a run says about one setting. */
export interface LearntSetting {
  /** A directive of [Service]. */
  readonly key: string;
  readonly value: string;
  readonly grade: LearntGrade;
  /** The evidence in one sentence without a full stop. */
  readonly evidence: string;
  /** The sights behind it, the first few. */
  readonly sights: readonly Sight[];
  /** What may break all the same, where a known guard rail says so. */
  readonly mayBreak: string | undefined;
  /** The proposal it belongs to: settings of `user` and `root` hold together only. */
  readonly part: "settings" | "user" | "root";
}

/** The file `x.service.learnt.json`: what was learnt about a service, small enough to keep next to the unit. */
export interface Learnt {
  readonly version: 1;
  /** Name of the unit. */
  readonly unit: string;
  /** Digest of the commands and settings of the unit as it was observed, which tells that it changed since. */
  readonly unitDigest: string;
  readonly systemd: number | undefined;
  /** Observed runs, oldest first. */
  readonly runs: readonly LearntRun[];
  /** In the order in which they are written into a unit. */
  readonly settings: readonly LearntSetting[];
  /** Why nothing at all is derived, as for logins, cron and mail delivery. */
  readonly refused: string | undefined;
  /** What no run can show, one sentence each. */
  readonly unknown: readonly string[];
  /** What all runs were seen to need, shortened by `condensed()`: further runs are merged with it, and edits judged by it. */
  readonly needs: Needs;
}

/** One observed run. */
export interface LearntRun {
  readonly calls: number;
  readonly seconds: number;
  /** The commands given with `--exercise`, or none. */
  readonly exercised: readonly string[];
}
