import type { SystemdVersion } from "../facts/version.ts";
import type { TextEdit } from "../text/span.ts";
import type { HostedText } from "./hostedText.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import { nixEdits } from "./nix/edits.ts";
import { mayHoldUnits, nixUnits } from "./nix/units.ts";

/** A language in whose files units of systemd stand. */
export interface HostLanguage {
  /** Short and stable; reports show it as the type of a file. */
  readonly name: string;
  /** Whether a file is of this language, by its path. */
  readonly holds: (path: string) => boolean;
  /** Whether a text may hold units at all, before it is read. */
  readonly mayHold: (text: string) => boolean;
  /** The units of a text; none where it has none, or where nobody knows what is text and what is code. */
  readonly units: (text: string) => HostedFile;
  /** Edits of the text of a unit as edits of the file; undefined where none do the same. */
  readonly edits: (
    file: HostedFile,
    unit: HostedUnit,
    written: HostedText,
    edits: readonly TextEdit[],
    version: SystemdVersion,
  ) => readonly TextEdit[] | undefined;
}

const NIX: HostLanguage = {
  name: "nix",
  holds: (path) => path.endsWith(".nix"),
  mayHold: mayHoldUnits,
  units: nixUnits,
  edits: nixEdits,
};

/** The language of a file that may hold units; undefined for all others. */
export const hostLanguage = (path: string): HostLanguage | undefined => (NIX.holds(path) ? NIX : undefined);
