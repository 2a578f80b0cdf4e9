import type { SystemdVersion } from "../facts/version.ts";
import type { TextEdit } from "../text/span.ts";
import type { HostedText } from "./hostedText.ts";
import type { HostedUnit } from "./hostedUnit.ts";

/** What is wanted of the text of one of the units of a file. */
export interface UnitChange {
  readonly hosted: HostedUnit;
  readonly written: HostedText;
  readonly edits: readonly TextEdit[];
  readonly version: SystemdVersion;
  /** What the host proposed for these edits, where it was asked already. */
  readonly made?: readonly TextEdit[] | undefined;
}
