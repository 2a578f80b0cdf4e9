import type { ProgramCommand } from "./command.ts";
import type { ProgramReading } from "./reading.ts";

/** What a path leads to, behind all links. */
export interface ProgramFile {
  /** The path behind all links, as it is below the root that is read. */
  readonly path: string;
  readonly kind: "file" | "folder" | "other";
  readonly bytes: number;
  /** When its content was changed last, in milliseconds since 1970. */
  readonly changed: number;
  /** The bits of its mode, with those of set-user-ID and set-group-ID. */
  readonly mode: number;
  /** The numbers of its owners, as the root that is read counts them. */
  readonly user: number;
  readonly group: number;
}

/** Files of a machine, or below a root, which are only read. Nothing throws: what cannot be read is as if it were not there. */
export interface ProgramFiles {
  /** So many bytes of machine code are read of the programs of one service; missing where there is time for all. */
  readonly mostBytes?: number;
  /** Reads programs in the time that somebody waits for it; undefined where that takes longer. Missing where there is time for all. */
  readonly readInTime?: ((commands: readonly ProgramCommand[]) => ProgramReading | undefined) | undefined;
  look(path: string): ProgramFile | undefined;
  /** The bytes from `start` up to `end`, fewer where it is shorter; undefined for what is no file or cannot be read. */
  read(path: string, start?: number, end?: number): Uint8Array | undefined;
  /** The names in a folder, sorted; none where it cannot be read. */
  list(folder: string): readonly string[];
  /** The source package that brought a file, where a package manager says so; what none owns was put there by hand. */
  packageOf(path: string): string | undefined;
  /** How a configuration file compares with what packages brought; undefined where nothing says so. */
  packagedState?(path: string): PackagedState | undefined;
  /** The capabilities that a package gives a file, as `setcap` takes them; undefined where none is known to. */
  capabilitiesOf?(path: string): string | undefined;
  /** The plugins that the same source package brought, which no text need name; none where nobody knows. */
  pluginsOf?(path: string): readonly string[];
  /** The files in which the same source package may speak of its programs, such as those of tmpfiles.d, and its scripts. */
  statementsOf?(path: string): readonly string[];
}

/** Whether a configuration file is as its package brought it, or next to such files and of no package. */
export type PackagedState = "untouched" | "changed" | "added";

/** More files than a program is configured with, and more bytes than one of them has. */
export const MOST_CONFIGURATION_FILES = 300;
export const MOST_CONFIGURATION_BYTES = 1_000_000;
