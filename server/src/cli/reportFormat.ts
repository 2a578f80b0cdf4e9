import type { FleetSummary } from "../hardening/fleet.ts";
import type { CheckResult } from "./fileReport.ts";
import type { OutputPart } from "./outcome.ts";

/** What a report says about fixes. */
export type FixDetail = "titles" | "edits";

/** How a report is made of what was found in files; it can be printed as it grows. */
export interface ReportFormat<E, T = CheckResult> {
  /** What the report needs of one file, as plain data. */
  readonly entry: (report: T) => E;
  readonly printer: () => ReportPrinter<E>;
  /** Whether it has room for a summary of many services. */
  readonly summarizes?: boolean;
  /** Whether it names fixes, only by name or with their edits; then safe ones are told from others, which takes a look at the unit with each. */
  readonly tells?: FixDetail;
  /** Whether it names what comments and baselines suppress. */
  readonly tellsSuppressed?: boolean;
  readonly as: OutputPart["as"];
}

/** Prints one report. */
interface ReportPrinter<E> {
  /** What is printed for the next file. */
  add(entry: E): string;
  /** What is printed after the last one. */
  end(summary?: FleetSummary): string;
}

/** A format that is a list in JSON between two texts; the entry of a file is its elements without the brackets. */
export function listFormat<T = CheckResult>(
  elements: (it: T) => readonly object[],
  before: string,
  after: (summary?: FleetSummary) => string,
): ReportFormat<string, T> {
  return {
    as: "json",
    entry: (it) =>
      elements(it)
        .map((element) => JSON.stringify(element))
        .join(","),
    printer: () => {
      let lead = before;
      return {
        add(entry) {
          if (entry === "") return "";
          const printed = lead + entry;
          lead = ",";
          return printed;
        },
        end: (summary) => (lead === before ? before : "") + after(summary),
      };
    },
  };
}

/** A format that needs all entries before it prints. */
export function collected<E, T>(
  as: OutputPart["as"],
  entry: (it: T) => E,
  whole: (entries: readonly E[], summary?: FleetSummary) => string,
): ReportFormat<E, T> {
  return {
    as,
    entry,
    printer: () => {
      const entries: E[] = [];
      return {
        add(it) {
          entries.push(it);
          return "";
        },
        end: (summary) => whole(entries, summary),
      };
    },
  };
}
