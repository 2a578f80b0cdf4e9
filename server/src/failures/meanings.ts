import MEANINGS from "../../../data/failures.json" with { type: "json" };
import type { DirectiveName } from "../catalog/catalog.ts";

/** What a status, a signal or a result stands for. */
export interface Meaning {
  /** What systemd or the kernel does there, in sentences. */
  readonly does: string;
  /** The settings that lead there, the usual ones first. */
  readonly settings: readonly DirectiveName[];
  /** How to find the one that did, in sentences. */
  readonly find: string;
}

/** A result of a unit, other than `success` (systemd 257 to 262). */
export type Result = keyof typeof MEANINGS.results;

/** What systemd does at each step between fork() and the program, by the status that it ends with where the step fails. */
export const STEPS: ReadonlyMap<number, Meaning> = new Map(
  [...meanings(MEANINGS.steps)].map(([status, meaning]) => [Number(status), meaning]),
);

/** The signals that end services. */
export const SIGNAL_MEANINGS: ReadonlyMap<string, Meaning> = meanings(MEANINGS.signals);

/** What `Result=` of a unit may say. */
export const RESULTS: ReadonlyMap<string, Meaning> = meanings(MEANINGS.results);

/** Whether a text is a result. */
export const isResult = (text: string): text is Result => RESULTS.has(text);

function meanings(
  rows: Readonly<Record<string, { readonly does: string; readonly settings: string; readonly find: string }>>,
): Map<string, Meaning> {
  return new Map(
    Object.entries(rows).map(([name, { settings, ...texts }]) => {
      const names = settings === "" ? [] : settings.split(" ");
      return [name, { ...texts, settings: names as DirectiveName[] }];
    }),
  );
}
