import type { ConfigurationKind } from "./fact.ts";
import type { BracesEnd } from "./readBraces.ts";
import type { LineForm } from "./readLines.ts";

/** What a key of a daemon's configuration means, besides the kinds of facts. */
export type KeyMeaning =
  | ConfigurationKind
  /** An address to listen on, with a port or of a socket. */
  | "listen"
  /** A port of UDP. */
  | "udp"
  /** A port that it opens besides those that it serves, as for control. */
  | "besides"
  /** The folder that paths without a root begin in. */
  | "base"
  /** Files to read here, by names or patterns. */
  | "include"
  /** That a share can be read alone, or written. */
  | "readOnly"
  | "writable"
  /** That it opens no ports. */
  | "offline"
  /** The protocols that it serves. */
  | "protocols";

/** How keys are set outside of files: `cfg:paths.data=/srv`, `GF_PATHS_DATA=/srv`. */
export interface OverrideForm {
  /** What words begin with that files cannot change. */
  readonly word: string;
  /** What words begin with that files can change. */
  readonly usual: string;
  /** What variables begin with; section and key follow in capitals, parted by `_`. */
  readonly variable: string;
}

/** What is known of how a daemon is configured, as its own documentation says it. Lists are words with blanks between. */
export interface Daemon {
  /** The names of its programs, without versions; with a folder where the name alone says little. */
  readonly programs: string;
  /** A word without which the program is no daemon. */
  readonly needs?: string;
  readonly form: LineForm | BracesEnd;
  /** Where its configuration lies, the first that is there; `$NAME` is a variable, `$VERSION` that of the program, `$CLUSTER` the one of PostgreSQL that it is told. Empty where it has none. */
  readonly files: string;
  /** Options that name another file; one with a path behind a slash names the folder of that. */
  readonly options?: string;
  /** Whether the first word that is no option names the file. */
  readonly isFirstWord?: true;
  /** Whether the last word names the file, where it is a path. */
  readonly isLastWord?: true;
  /** Files that are read besides. */
  readonly also?: string;
  /**
   * The keys of each meaning, in any case and with any of `-`, `_` and blanks. `section/key` counts in that section alone, a key
   * with `/` at its end names a folder, and one with `*` all keys that begin so.
   */
  readonly keys: Readonly<Partial<Record<KeyMeaning, string>>>;
  /** Keys that name a folder, all files of which that fit a pattern are read. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Sections whose keys count, where it shares the file with others. */
  readonly only?: RegExp;
  /** Whether paths of files to read begin in the folder of the first file, not in that of the file that names them. */
  readonly isFromMain?: true;
  /** The folder of `base` where no key says another. */
  readonly base?: string;
  /** The ports that it opens where no key says others: `53/udp`. */
  readonly ports?: string;
  /** The port of an address alone. */
  readonly alone?: number;
  /** Whether each of its ports is one of TCP and one of UDP. */
  readonly isBoth?: true;
  /** Options with which it listens elsewhere, or not at all. */
  readonly elsewhere?: string;
  /** The ports that it opens unless one of some options says otherwise, by these options: `--web.listen-address`. */
  readonly unless?: Readonly<Record<string, string>>;
  /** Keys that open ports by being there. */
  readonly opens?: Readonly<Record<string, string>>;
  /** Keys that say another port in place of what such a key opens, by that key; one with `*` all that begin so. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Links to folders that it keeps data in, by a pattern within each folder of its data: the tablespaces of PostgreSQL. */
  readonly links?: string;
  /** How words of its command and variables set keys in place of its files. */
  readonly overrides?: OverrideForm;
  /** Ports by the names of services that it serves: those of inet lines, and of listeners that say no other. */
  readonly services?: Readonly<Record<string, number>>;
  /** The section or key that shares the homes of users. */
  readonly homes?: string;
  /** A file of a shell that sets its variables. */
  readonly variables?: string;
  /** Whether sections of the first level are named after addresses of sites. */
  readonly hasSites?: true;
}
