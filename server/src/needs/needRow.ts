import type { DirectiveName } from "../catalog/catalog.ts";

/** What the details of a need are: `hardware=/dev/ttyUSB0`, `writes=/srv/shop`. */
export type DetailKind = "device" | "path" | "family" | "capability" | "address" | "port" | "call";

/** The tightest value of a setting that grants a need. */
export interface Grant {
  /** A gentler value; where it is missing, the setting is left out, or its list gets more. */
  readonly value?: string;
  /** Words for a list of what is allowed; `*` stands for each detail. */
  readonly adds?: string;
  /** A line for each detail, which `*` stands for; without details there is no such value. */
  readonly line?: string;
}

/** What shows a need: in a run all of it, in a unit the capabilities that it grants. */
export interface NeedSigns {
  /** Paths that are used, or written, and all below them. */
  readonly uses?: readonly string[];
  readonly writes?: readonly string[];
  readonly calls?: readonly string[];
  readonly callGroup?: string;
  readonly capabilities?: readonly string[];
  /** Things that a log of a run is searched for, each with what it shows, the end of a sentence. */
  readonly marks?: Readonly<Record<string, string>>;
}

/** One thing that services may need, as a person names it. */
export interface NeedRow {
  /** The ends of sentences about a service that does, and of one that does not. */
  readonly needs: string;
  readonly no: string;
  /** What counts as that, in one sentence. */
  readonly meaning: string;
  readonly detail?: DetailKind;
  readonly signs?: NeedSigns;
  /** The settings that it speaks against, with what grants it all the same; an empty row leaves the setting out. */
  readonly decides: Readonly<Partial<Record<DirectiveName, Grant>>>;
}

/** What grants a need no value of a setting: it is left out. */
export const WITHOUT: Grant = {};
