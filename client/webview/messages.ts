import type { FixParams, OverviewRow, ShownReport } from "../../server/src/server/protocol.ts";

/** What the extension sends to any page that has nothing to show yet, or nothing any more. */
export interface Notice {
  readonly notice: string;
}

/** What the extension sends to the page. */
export type ToPage =
  | { readonly report: ShownReport }
  /** A document as the editor renders it, in HTML. */
  | { readonly document: string }
  | { readonly overview: readonly ListedService[] }
  | { readonly progress: { readonly percent?: number | undefined; readonly text?: string | undefined } };

/** A service of the overview, with its folder as the explorer shows it. */
export interface ListedService extends OverviewRow {
  readonly folder: string;
}

/** What the page sends to the extension. */
export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly uri: string }
  | { readonly kind: "report"; readonly uri: string }
  | { readonly kind: "fix"; readonly fix: FixParams };
