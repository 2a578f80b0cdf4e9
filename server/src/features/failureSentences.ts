import type { LoggedFailure } from "../failures/failureLog.ts";
import type { DiagnosedLog } from "./failure.ts";

/** What is said where a text describes no failure. */
export const NO_FAILURE =
  "No failure found in the input: provide lines of the journal, the output of systemctl status or systemctl show, or a status such as 226/NAMESPACE.";

/** What is said where no setting leads to a failure. */
export function withoutCause({ isPresent }: LoggedFailure): string {
  const unit = isPresent ? "this unit" : "the unit as it is now";
  return `No setting of ${unit} is known to cause it: see the messages of the program.`;
}

/** What the unit does now, where that makes its failures past ones, or where there are none; undefined where the failure says it all. */
export function nowSentence(name: string, { now, failures }: DiagnosedLog): string | undefined {
  const past = failures.filter((it) => it.kind === "failure").length;
  const earlier =
    past === 0 ? "" : past === 1 ? " The failure below is an earlier one." : " The failures below are earlier ones.";
  const since = now?.since === undefined ? "" : `, since ${now.since}`;
  if (now?.kind === "running") return `${name} is running${since}.${earlier}`;
  if (now?.kind === "stopped" && past > 0)
    return `${name} ended without a failure${now.since === undefined ? "" : `, ${now.since}`}.${earlier}`;
  return failures.length === 0 ? NO_FAILURE : undefined;
}

/** What sets a failure apart from the others of a unit. */
export function failureTitle({ kind, isPresent, count, first, last }: LoggedFailure): string {
  if (kind === "complaint") return "What it complains of now";
  const name = isPresent ? "Last failure" : "Earlier failure";
  const times = count === 1 ? "" : `, ${count} times`;
  const when =
    last === undefined ? "" : first === undefined || first === last ? `, ${last}` : `, from ${first} to ${last}`;
  return `${name}${times}${when}`;
}

/** That some failures are not listed; undefined where all are. */
export const olderSentence = ({ more }: DiagnosedLog): string | undefined =>
  more === 0 ? undefined : `${more} older ${more === 1 ? "failure is" : "failures are"} not listed.`;
