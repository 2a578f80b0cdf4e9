/** A setting that is tried on a running service. */
export interface TrialSetting {
  /** The directive that it is about. */
  readonly name: string;
  /** What it has in common with its neighbours, such as "File system"; neighbours are halved together. */
  readonly group: string;
  /** Its lines at their tightest, with what they need to work. */
  readonly lines: readonly string[];
  /** Weaker lines in its place, the tightest first; that nothing is set comes after the last. */
  readonly weaker: readonly (readonly string[])[];
  /** The directive of a list of what is allowed, from which words can be taken out again. */
  readonly list?: string;
}

/** The lines of each setting, in the order of the settings; no lines where it is left out. */
export type Setup = readonly (readonly string[])[];

/** Lines that loosen one setting of a setup. */
export interface Relaxation {
  /** Which setting. */
  readonly at: number;
  /** What shows that it is to blame, as a sentence; the same again means that loosening it did not help. */
  readonly evidence: string;
  /** No lines to leave it out. */
  readonly lines: readonly string[];
  /** From 0 to 100, how likely it is to blame. */
  readonly weight: number;
}

/** What became of a setup. */
export type TrialAnswer =
  | { readonly works: true }
  /** `relaxed` begins with what is most likely to help and loosens least. */
  | {
      readonly works: false;
      readonly reason: string;
      /** The reason without what the evidence says of any setting. */
      readonly symptom?: string;
      readonly relaxed: readonly Relaxation[];
    };

/** What a search found about one setting. */
export interface TriedSetting {
  /** `held` at its tightest, `weaker`, `refused` in all its values, `open` where the tries ended before. */
  readonly outcome: "held" | "weaker" | "refused" | "open";
  readonly lines: readonly string[];
  /** Why the next tighter value is not there. */
  readonly reason: string | undefined;
}

/** How a search ends: with a setup that was tried last or before and worked, the empty one at worst. */
export interface SearchResult {
  readonly setup: Setup;
  readonly settings: readonly TriedSetting[];
  readonly tries: number;
}
