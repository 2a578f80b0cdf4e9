import type { Needs, Sight } from "./needs.ts";
import type { ObservedLines } from "./observedLines.ts";

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
  /** The evidence in one sentence without a full stop, which is the same after each run of the same service. */
  readonly evidence: string;
  /** Of a refused one: a run did what it forbids; else only experience speaks against it. */
  readonly isShown?: boolean;
  /** The sights behind it, the first few; none where only the reviewed file is there. */
  readonly sights: readonly Sight[];
  /** What may break all the same, where a known guard rail says so. */
  readonly mayBreak: string | undefined;
  /**
   * Whether it is what is known of such services that speaks against it, and no run: against a refused one as a whole, of a seen
   * one `mayBreak` has what has to hold. No second run proves it.
   */
  readonly known?: true;
  /** The proposal it belongs to: settings of `user` and `root` hold together only. */
  readonly part: "settings" | "user" | "root";
}

/** What was learnt about a service: `x.service.learnt.json` for reviewers, with its evidence in `x.service.needs.json`. */
export interface Learnt {
  /** Name of the unit. */
  readonly unit: string;
  /** The lines of the unit as it was observed, which tell that it changed since. */
  readonly observed: ObservedLines;
  readonly systemd: number | undefined;
  /** Observed runs, oldest first. */
  readonly runs: readonly LearntRun[];
  /** In the order in which they are written into a unit. */
  readonly settings: readonly LearntSetting[];
  /** Whether the owner trusts the runs over what is known of such services. */
  readonly trusted?: true;
  /** Why nothing at all is derived, as for logins, cron and mail delivery. */
  readonly refused: string | undefined;
  /** What its programs can do by their own code and no run did, one sentence each; missing where they could not be read. */
  readonly unexercised?: readonly string[];
  /** What no run can show, one sentence each. */
  readonly unknown: readonly string[];
  /** What all runs were seen to need, shortened by `condensed()`: further runs are merged with it, and edits judged by it. */
  readonly needs: Needs;
  /** The file of the needs is not there or is of no use: settings and grades are all that is known. */
  readonly isWithoutNeeds?: boolean;
}

/** One observed run. */
export interface LearntRun {
  readonly calls: number;
  readonly seconds: number;
  /** The commands given with `--exercise`, or none. */
  readonly exercised: readonly string[];
  /** Of a run as on a new machine, for which the state of the service was away. */
  readonly fresh?: true;
}
