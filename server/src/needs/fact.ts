import type { NeedName } from "./vocabulary.ts";

/** Where a reader can look a fact up. */
export type FactPlace =
  /** A span of the unit, or of its drop-in of that number. */
  | { readonly kind: "unit"; readonly start: number; readonly end: number; readonly dropIn?: number }
  /** A line of the configuration of a daemon. */
  | { readonly kind: "daemon"; readonly path: string; readonly line: number }
  /** A key of a team's configuration. */
  | { readonly kind: "configuration"; readonly path: string; readonly key: string };

/** One thing that is known of what a service needs. */
export interface NeedFact {
  readonly need: NeedName;
  readonly says: "needs" | "no";
  /** Which one: a path, device, family, capability …, as the need takes them; all of them where missing. */
  readonly detail?: string;
  /** From where it is known: what its owner states counts for more than the text of its unit, or what its daemons are told. */
  readonly source: "owner" | "unit" | "configuration";
  readonly place?: FactPlace;
  /** Why, as the end of a sentence: `it opens /dev/ttyUSB0`. */
  readonly reason: string;
}
