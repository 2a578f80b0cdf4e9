import type { Report as UnitReport } from "../features/report.ts";

/** What the client asks for beyond LSP; plain data, so that client and server share types and no code. */

/** The exposure of one unit; `REPORT_REQUEST` takes `{ uri }` and gives this, or null for anything but a service. */
export interface Report extends UnitReport {
  readonly uri: string;
}

/** One line of the overview; `OVERVIEW_REQUEST` takes `{ uris }` and gives these, the most exposed first. */
export type OverviewRow = Pick<Report, "uri" | "name" | "exposure" | "level">;

export const REPORT_REQUEST = "unitWarden/report";
export const OVERVIEW_REQUEST = "unitWarden/overview";
/** Takes `{ uri, id }` of a check and gives a WorkspaceEdit, or null. */
export const FIX_REQUEST = "unitWarden/fix";
