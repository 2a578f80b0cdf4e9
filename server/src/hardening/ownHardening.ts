import type { Finding, Fix } from "../findings/finding.ts";
import type { Section } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import type { Sure } from "./missingSettings.ts";
import type { HardenedEdit, HardenedLine } from "./profileLayout.ts";
import type { Profile } from "./profiles.ts";

/** Whether a reader has switched a code off: its setting is then not added with all the rest either. */
export type Unwanted = (code: string) => boolean;

/** How files of a dialect are hardened whose settings are no service's, such as the keys of a container. */
export interface OwnHardening {
  /** The section that advice points at; undefined of files that it is not for. */
  readonly sectionOf: (unit: Unit) => Section | undefined;
  readonly findings: (unit: Unit, profile: Profile, unwanted: Unwanted | undefined) => Finding[];
  /** What a profile adds to the file itself. */
  readonly harden: (
    unit: Unit,
    profile: Profile,
    unwanted: Unwanted | undefined,
    sure: Sure,
  ) => { readonly edits: readonly HardenedEdit[]; readonly settings: readonly HardenedLine[] };
  /** The same as a drop-in after what `existing` says. */
  readonly dropIn: (
    unit: Unit,
    profile: Profile,
    existing: string | undefined,
    unwanted: Unwanted | undefined,
    sure: Sure,
  ) => { readonly text: string; readonly edits: readonly TextEdit[]; readonly settings: readonly HardenedLine[] };
  /** The fix that adds all lines of one certainty; undefined where there are none. */
  readonly fix: (unit: Unit, profile: Profile, sure: Sure, unwanted: Unwanted | undefined) => Fix | undefined;
  /** What a profile leaves to the reader. */
  readonly leftOut: (
    unit: Unit,
    profile: Profile,
  ) => { readonly line: string; readonly reason: string; readonly kind: "likely" | "open" | "against" }[];
}

let provided: readonly OwnHardening[] = [];

/** Tells this room what dialects there are, which stand above it. */
export function provideHardening(all: readonly OwnHardening[]): void {
  provided = all;
}

/** How a file is hardened, where its dialect has a way of its own. */
export const ownHardening = (unit: Unit): OwnHardening | undefined => provided.find((it) => it.sectionOf(unit));
