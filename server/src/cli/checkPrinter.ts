import { type FleetService, fleetSummary } from "../hardening/fleet.ts";
import type { KnownReport } from "./baselineUpdate.ts";
import type { Printer } from "./batch.ts";
import { ending, noted } from "./outcome.ts";
import type { ReportFormat } from "./reportFormat.ts";

/** What is left of a file that was looked at. */
export interface Checked {
  readonly entry: unknown;
  readonly isChecked: boolean;
  /** Whether a finding makes the exit status 1. */
  readonly isFound: boolean;
  readonly figures: FleetService | undefined;
  readonly known: KnownReport | undefined;
  /** The same where no other file may have been renamed to it, of one that seems to have been. */
  readonly asNew?: Checked;
  /** Why the file was not checked, where that makes the exit status 2 whatever else was. */
  readonly problem: string | undefined;
  /** What is said of a file besides its findings, such as why one that was named was not checked. */
  readonly notice: string | undefined;
}

/** Prints the report of a format, and says what else there is to say; with `quiet` that is only what went wrong. */
export function checkPrinter(
  format: ReportFormat<unknown>,
  leftOut: readonly string[],
  notesOn: (known: readonly KnownReport[]) => readonly string[],
  quiet: boolean,
): Printer<Checked> {
  const { as } = format;
  const { add, end } = format.printer();
  const services: FleetService[] = [];
  const notices: string[] = [];
  const known: KnownReport[] = [];
  const unread: string[] = [];
  const claimed = new Set<string>();
  let [someAdded, someChecked, someFound] = [false, false, false];
  return {
    as,
    add(input) {
      // What a file is known by goes to one file alone: the first.
      const { baseline, renamedFrom } = input.known ?? {};
      const claim = renamedFrom && `${baseline}\n${renamedFrom}`;
      const it = claim !== undefined && claimed.has(claim) && input.asNew ? input.asNew : input;
      if (claim !== undefined) claimed.add(claim);
      someAdded = true;
      someChecked ||= it.isChecked;
      someFound ||= it.isFound;
      if (it.figures) services.push(it.figures);
      if (it.known) known.push(it.known);
      if (it.problem !== undefined) unread.push(it.problem);
      if (it.notice !== undefined) notices.push(it.notice);
      return add(it.entry);
    },
    end(others) {
      const problems = [...others, ...unread];
      const last = [{ text: end(fleetSummary(services)), as }];
      // Where nothing at all was checked, that is no all-clear.
      const notes = [...leftOut, ...notesOn(known)];
      if (!someChecked && someAdded && notices.length === 0)
        notices.push("no file was checked: there are no rules for these");
      const all = someChecked ? [...notices, ...notes] : notes;
      return noted(ending(last, someChecked ? problems : [...problems, ...notices], someFound), quiet ? [] : all);
    },
  };
}
