import type { NeedName } from "./vocabulary.ts";

/**
 * From where a fact is known, strongest first: rules of the kernel, a run of this very service, what its owner states, its own
 * program and files, runs of the same program elsewhere, the text of its unit, words of a description, and what most services do.
 */
export const NEED_SOURCES = ["kernel", "run", "owner", "program", "measured", "unit", "words", "base rate"] as const;

export type NeedSource = (typeof NEED_SOURCES)[number];

/** Whether a service needs something, does not, or could not have it whatever it tries. */
export type NeedAnswer = "needs" | "no" | "cannot";

/** Where a reader can look a fact up. */
export type FactPlace =
  /** A span of the unit, or of its drop-in of that number. */
  | { readonly kind: "unit"; readonly start: number; readonly end: number; readonly dropIn?: number }
  /** An offset in a program, or in a file of settings. */
  | { readonly kind: "file"; readonly path: string; readonly offset: number }
  /** A line of a log, as `ExecStart:183`, with its text. */
  | { readonly kind: "log"; readonly at: string; readonly sample: string }
  /** A row of a table of data, as `kinds.json` and `database`. */
  | { readonly kind: "row"; readonly table: string; readonly row: string }
  /** A key of a team's configuration. */
  | { readonly kind: "configuration"; readonly path: string; readonly key: string };

/** One thing that is known of what a service needs. */
export interface NeedFact {
  readonly need: NeedName;
  readonly says: NeedAnswer;
  /** Which one: a path, device, port, family, capability …, as the need takes them; all of them where missing. */
  readonly detail?: string;
  readonly source: NeedSource;
  readonly place?: FactPlace;
  /** Why, as the end of a sentence: `it opens /dev/ttyUSB0`. */
  readonly reason: string;
}

/** The facts about a need whose source is the strongest. */
export function strongestFacts(facts: readonly NeedFact[], need: NeedName): readonly NeedFact[] {
  const own = facts.filter((it) => it.need === need);
  const source = NEED_SOURCES.find((it) => own.some((fact) => fact.source === it));
  return own.filter((it) => it.source === source);
}
