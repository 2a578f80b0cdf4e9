import { withoutRandom } from "./settings/stableNames.ts";

/**
 * Why a run of a proof failed, as it is kept for reviewers: without the line of the log, the end of the journal, what a command of
 * the exercise printed, and numbers of processes in the name of a file, all of which are others in the next run.
 */
export const lastingReason = (reason: string): string =>
  reason
    .replace(/ \((?:Exec\w+(?:-\d+)?|journal):\d+: .*\)$/s, "")
    .replace(/, its journal ends with .*$/s, "")
    .replace(/( ended with \d+| took more than \d+ s)( (?:before|after) [^:]*): .*$/s, "$1$2")
    .replace(/ took more than \d+ s /, " took too long ")
    .replace(/^(\/\S*\/)(\S+)(?= fails with )/, (_, folder: string, name: string) => folder + withoutRandom(name));
