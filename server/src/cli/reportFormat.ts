import type { FleetSummary } from "../hardening/fleet.ts";
import type { FileReport } from "./fileReport.ts";

/** How a report is made of what was found in files; it can be printed as it grows. */
export interface ReportFormat<E, T = FileReport> {
  /** What the report needs of one file, as plain data. */
  readonly entry: (report: T) => E;
  readonly printer: () => ReportPrinter<E>;
  /** Whether it has room for a summary of many services. */
  readonly summarizes?: boolean;
  /** Whether a program reads it, which wants it whole where nothing could be read, too. */
  readonly machine?: boolean;
}

/** Prints one report. */
interface ReportPrinter<E> {
  /** What is printed for the next file. */
  add(entry: E): string;
  /** What is printed after the last one. */
  end(summary?: FleetSummary): string;
}

/** A format whose report is its files, one after the other. */
export function plainFormat(entry: (report: FileReport) => string): ReportFormat<string> {
  return { entry, printer: () => ({ add: (it) => it, end: () => "" }) };
}

/** A format that is a list in JSON between two texts; the entry of a file is its elements without the brackets. */
export function listFormat<T = FileReport>(
  elements: (it: T) => readonly object[],
  before: string,
  after: (summary?: FleetSummary) => string,
): ReportFormat<string, T> {
  return {
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
