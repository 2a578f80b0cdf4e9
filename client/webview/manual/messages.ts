import type { ManualPlace } from "../../../server/src/manual/place.ts";
import type { ManualAnswer } from "../../../server/src/server/protocol.ts";
import type { Notice } from "../messages.ts";

/** A page as the view shows it. */
export type ShownPage = Extract<ManualAnswer, { kind: "page" }>;

/** What the extension sends to the view. */
export type ToManual =
  /** A place to go to, with its page. */
  | { readonly kind: "go"; readonly place: ManualPlace; readonly answer: ShownPage }
  /** The page of a place that the view asked for. */
  | { readonly kind: "page"; readonly place: ManualPlace; readonly answer: ShownPage }
  /** Why there is no page yet, or none any more. */
  | ({ readonly kind: "notice" } & Notice)
  | { readonly kind: "step"; readonly by: -1 | 1 };

/** What the view sends to the extension. */
export type FromManual =
  | { readonly kind: "ready" }
  /** It wants a page: to go there, or to show again what it had. */
  | { readonly kind: "wanted"; readonly place: ManualPlace; readonly again: boolean }
  | { readonly kind: "shows"; readonly title: string };
