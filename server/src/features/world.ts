import type { NamedKind } from "../facts/quadletKinds.ts";
import type { KeptDirective } from "../units/index/contents.ts";
import type { ManualSource } from "./manual.ts";
import type { UnitState } from "./unitState.ts";

/** A unit that a file describes. */
export interface KnownUnit {
  readonly name: string;
  /** Whether its file lies in the tree of the document, elsewhere in the workspace, or in systemd's own folders. */
  readonly home: "own" | "workspace" | "machine";
  readonly folder: string;
  /** Missing where its file has none. */
  readonly description?: string;
}

/** An entry of a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly folder: boolean;
}

/** What stands at a path, links followed; a `program` is a file that someone may execute. */
export type FileKind = "missing" | "folder" | "file" | "program";

/** A program that a command can name. */
export interface KnownProgram {
  readonly name: string;
  readonly path: string;
  /** Whether it lies in the workspace, or in a folder of the machine that systemd searches. */
  readonly home: "workspace" | "machine";
}

/** A user or group of the machine. */
export interface Account {
  readonly name: string;
  readonly id: number;
}

/**
 * What lies outside the text: other files, the machine, the time. It answers at once from what it has;
 * what it has not is empty now and may be there when the same question is asked again.
 */
export interface World {
  /** The units whose files can be seen, the nearest first; of some kinds only, where they are named. */
  units(kinds?: readonly NamedKind[]): readonly KnownUnit[];
  /** The `Description=` of a unit whose file can be seen. */
  description(unit: string): string | undefined;
  /** The files of a unit; undefined where it has none, or where nobody keeps an index of them. */
  state(unit: string): UnitState | undefined;
  /** What other files of the workspace say with some directives, each value as it is written. */
  settings(directives: readonly KeptDirective[]): readonly string[];
  /** The D-Bus names for which a file near the document starts something. */
  activatedNames(): readonly string[];
  users(): readonly Account[];
  groups(): readonly Account[];
  interfaces(): readonly string[];
  /** The virtual network devices that the .netdev files next to a document create. */
  devices(): readonly { readonly name: string; readonly kind: string }[];
  /** The programs of the workspace, and those that systemd finds without a path. */
  programs(): readonly KnownProgram[];
  /** What is in a folder, given as an absolute path. */
  entries(folder: string): readonly FolderEntry[];
  /** The same of the folders and programs alone. */
  programEntries(folder: string): readonly FolderEntry[];
  /** What is at an absolute path of the machine; undefined where it may not be looked at or nobody can tell. */
  kind(path: string): FileKind | undefined;
  /** systemd's manual; undefined where there is none, or as long as it was not read. */
  manual(): ManualSource | undefined;
  /** Milliseconds since 1970, undefined without a clock. */
  now(): number | undefined;
  /** The time zone of the reader, an IANA name such as `Europe/Berlin`. */
  readonly zone: string;
}

/** For those who see nothing but the text. */
export const NO_WORLD: World = {
  units: () => [],
  description: () => undefined,
  state: () => undefined,
  settings: () => [],
  activatedNames: () => [],
  users: () => [],
  groups: () => [],
  interfaces: () => [],
  devices: () => [],
  programs: () => [],
  entries: () => [],
  programEntries: () => [],
  kind: () => undefined,
  manual: () => undefined,
  now: () => undefined,
  zone: "UTC",
};
