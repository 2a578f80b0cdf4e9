import type { Unit } from "../units/unit.ts";
import type { Finding } from "./finding.ts";

/** What a rule finds; check() adds the code. */
export type Found = Omit<Finding, "code" | "fixes"> & { readonly fixes?: Finding["fixes"] };

/** A unit file that shows a rule at work; both are run as tests. */
export interface Example {
  /** The name of the file, which decides its kind. */
  readonly path?: string;
  readonly text: string;
}

/** One thing that Unit Warden knows how to judge. */
export interface Rule {
  /** `family/name`, stable for ever. */
  readonly code: string;
  /** What is wrong, as a heading. */
  readonly title: string;
  /** What systemd does then and what follows from it. */
  readonly why: string;
  /** The manual page to read, with its section number. */
  readonly page: string;
  /** Triggers this rule and no other of the same family. */
  readonly bad: Example;
  /** The same, put right. */
  readonly good: Example;
  readonly check: (unit: Unit) => Iterable<Found>;
}
