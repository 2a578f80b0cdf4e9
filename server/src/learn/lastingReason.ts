import { withoutRandom } from "./settings/stableNames.ts";

/** The line of a log that a failure is shown with. */
const LINE = / \((?:Exec[A-Za-z]{1,30}(?:-\d{1,4})?|journal):\d{1,15}: /;
const JOURNAL = /, its journal ends with /;
/** A command of the exercise that failed, before what it printed. */
const EXERCISE = / (?:ended with \d{1,4}|took more than \d{1,9} s) (?:before|after) [a-z, ]{1,40}(?=: )/;

/**
 * Why a run of a proof failed, as it is kept for reviewers: without the line of the log, the end of the journal, what a command of
 * the exercise printed, and numbers of processes in the name of a file, all of which are others in the next run.
 */
export function lastingReason(reason: string): string {
  const exercise = EXERCISE.exec(reason);
  const end = exercise ? exercise.index + exercise[0].length : reason.length;
  const [short = ""] = (reason.slice(0, end).split(LINE)[0] ?? "").split(JOURNAL);
  const failure = short.indexOf(" fails with ");
  const name = short.startsWith("/") && failure > 0 ? short.lastIndexOf("/", failure) + 1 : undefined;
  const named =
    name === undefined
      ? short
      : short.slice(0, name) + withoutRandom(short.slice(name, failure)) + short.slice(failure);
  return named.replace(/ took more than \d{1,9} s /, " took too long ");
}
