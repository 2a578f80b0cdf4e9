import type { Shelf } from "../features/manual.ts";
import type { Report as UnitReport } from "../features/report.ts";
import type { ManualPage } from "../manual/model.ts";
import type { PageRows } from "../manual/rows.ts";

/** What the client asks for beyond LSP; plain data, so that client and server share types and no code. */

/** The exposure of one unit; `REPORT_REQUEST` takes `{ uri }` and gives this, or null for anything but a service. */
export interface Report extends UnitReport {
  readonly uri: string;
}

/** One line of the overview; `OVERVIEW_REQUEST` takes `{ uris }` and gives these, the most exposed first. */
export type OverviewRow = Pick<Report, "uri" | "name" | "exposure" | "level">;

/** What `MANUAL_INDEX_REQUEST` gives: all names of systemd.directives(7) by page; null where there is no manual. */
export interface ManualIndex extends Pick<Shelf, "origin"> {
  readonly version: number;
  readonly pages: readonly ManualIndexPage[];
}

/** The names that one page describes. */
export interface ManualIndexPage extends Pick<PageRows, "rows"> {
  readonly page: string;
  readonly section: string;
  /** Whether the page itself can be asked for. */
  readonly here: boolean;
}

/** What `MANUAL_PAGE_REQUEST` gives: a page, or the address of one that the manual does not have; null where there is none. */
export type ManualAnswer =
  | {
      readonly kind: "page";
      readonly page: ManualPage;
      readonly origin: Shelf["origin"];
      /** The same page on the web. */
      readonly url: string;
      /** Where the pages that it names are: `here`, or at an address; those that are missing lead nowhere. */
      readonly links: Readonly<Record<string, string>>;
    }
  | { readonly kind: "elsewhere"; readonly url: string };

export const REPORT_REQUEST = "unitWarden/report";
export const OVERVIEW_REQUEST = "unitWarden/overview";
/** Takes `{ uri, id }` of a check and gives a WorkspaceEdit, or null. */
export const FIX_REQUEST = "unitWarden/fix";
/** Takes nothing. */
export const MANUAL_INDEX_REQUEST = "unitWarden/manualIndex";
/** Takes `{ page, section? }`. */
export const MANUAL_PAGE_REQUEST = "unitWarden/manualPage";
/** The server asks for it where it has no files: the bytes of dist/manual.json.gz as a Uint8Array, or null. */
export const MANUAL_DATA_REQUEST = "unitWarden/manualData";
/** Says that the reader trusts the workspace now; takes nothing. Before, `trusted: false` stood in the initialization options. */
export const TRUST_NOTIFICATION = "unitWarden/trusted";
