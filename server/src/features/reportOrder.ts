import type { ReportRow } from "./report.ts";

/** The failed checks of a report that no safe setting makes better, in the order in which they are to be read. */
export function openRows(rows: readonly ReportRow[]): {
  readonly decide: readonly ReportRow[];
  readonly stuck: readonly ReportRow[];
} {
  const decide = rows.filter((it) => it.fix);
  return {
    // What is known to be unsafe here is not the first thing to try.
    decide: [...decide.filter((it) => !it.fix?.against), ...decide.filter((it) => it.fix?.against)],
    stuck: rows.filter((it) => it.stuck !== undefined),
  };
}
