import type { FixParams, OverviewRow, Report } from "../../server/src/server/protocol.ts";

/** What the extension sends to the page. */
export type ToPage = { readonly report: Report } | { readonly overview: readonly OverviewRow[] };

/** What the page sends to the extension. */
export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly uri: string }
  | { readonly kind: "report"; readonly uri: string }
  | { readonly kind: "fix"; readonly fix: FixParams };
