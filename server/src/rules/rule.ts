import type { Finding } from "../findings/finding.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { Unit } from "../units/unit.ts";
import type { SystemdVersion } from "../values/version.ts";

/** What a rule finds; check() adds the code. */
export type Found = Omit<Finding, "code" | "fixes"> & { readonly fixes?: Finding["fixes"] };

/** The other units that can be seen from a file. */
export interface Surroundings {
  readonly index: UnitIndex;
  /** The path by which the index knows the file. */
  readonly path: string;
  /** Whether the index has all that the manager of this file would read, if that is a manager of a whole system. */
  readonly complete: boolean;
}

/** A unit file that shows a rule at work; all are run as tests. */
export interface Example {
  /** The name of the file, which decides its kind. */
  readonly path?: string;
  /** The systemd that it is read for; the newest where missing. */
  readonly version?: SystemdVersion;
  readonly text: string;
  /** Other files by their paths, those of the same folder by their names. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** One thing that Unit Warden knows how to judge. */
export interface Rule {
  /** `family/name`, stable forever. */
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
  /** Near misses: what looks alike and is right, so that this rule finds nothing there. */
  readonly silent?: readonly Example[];
  /** Without `around` nothing is known of other units, and nothing is said of them. */
  readonly check: (unit: Unit, around?: Surroundings) => Iterable<Found>;
}
