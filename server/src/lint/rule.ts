import type { Unit } from "../units/unit.ts";
import type { SystemdVersion } from "../values/version.ts";
import type { Finding } from "./finding.ts";

/** What a rule finds; check() adds the code. */
export type Found = Omit<Finding, "code" | "fixes"> & { readonly fixes?: Finding["fixes"] };

/** A unit file that shows a rule at work; all are run as tests. */
export interface Example {
  /** The name of the file, which decides its kind. */
  readonly path?: string;
  /** The systemd that it is read for; the newest where missing. */
  readonly version?: SystemdVersion;
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
  /** Near misses: what looks alike and is right, so that this rule finds nothing there. */
  readonly silent?: readonly Example[];
  readonly check: (unit: Unit) => Iterable<Found>;
}
