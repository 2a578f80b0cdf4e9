import { kept } from "../log/lines.ts";
import type { Sight } from "../needs.ts";

/** A sight while it is counted; its `at` is a line number until it is given out. */
export interface Tally {
  count: number;
  first: number;
  last: number;
  line: number;
  sample: string;
}

/** The call that is being looked at. */
export interface Moment {
  /** Seconds since 1970. */
  time: number;
  line: number;
  text: string;
}

const LONGEST_SAMPLE = 200;

/** What was seen for the first time. */
export function newTally(moment: Moment): Tally {
  const sample = kept(moment.text.slice(0, LONGEST_SAMPLE));
  return { count: 1, first: moment.time, last: moment.time, line: moment.line, sample };
}

/** Counts once more. */
export function tallyAgain(tally: Tally, time: number): void {
  tally.count++;
  if (time > tally.last) tally.last = time;
}

/** Adds one tally to another of the same log. */
export function addTally(to: Tally, other: Tally): void {
  to.count += other.count;
  if (other.line < to.line) {
    to.first = other.first;
    to.line = other.line;
    to.sample = other.sample;
  }
  to.last = Math.max(to.last, other.last);
}

/** A tally in the form of `needs.ts`; `began` is the time of the first line. */
export function sightOf(tally: Tally, log: string, began: number): Sight {
  return {
    count: tally.count,
    first: seconds(tally.first - began),
    last: seconds(tally.last - began),
    at: `${log}:${tally.line}`,
    sample: tally.sample,
  };
}

/** Seconds to the millionth, as the log has them, without the rest that subtracting leaves. */
export const seconds = (value: number): number => Math.max(0, Math.round(value * 1e6) / 1e6);
