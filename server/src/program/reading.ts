import type { ConfigurationFact } from "./daemons/fact.ts";
import type { PackageStatement } from "./packages/statement.ts";
import type { SignName } from "./sign.ts";

/**
 * What shows a sign: a call that code makes, a constant in one, a text in it, a library or module, a program that it starts, or
 * what the file has besides its content.
 */
export type SignForm = "call" | "constant" | "text" | "library" | "command" | "attribute";

/** One place of a file that speaks of something that the program may do. */
export interface ProgramSign {
  readonly sign: SignName;
  readonly form: SignForm;
  /** The call, constant, text, library or program, as it stands there: `clock_settime`, `/dev/ttyUSB0`. */
  readonly what: string;
  /** Where it stands, from 1 for a script; machine code has none. */
  readonly line?: number;
}

/** How a file is written, which decides how it was read. */
export type ProgramForm =
  | "native"
  | "go"
  | "shell"
  | "python"
  | "perl"
  | "ruby"
  | "node"
  | "php"
  | "java"
  | "dotnet"
  | "lua"
  | "other script"
  /** What the program is told, in any language. */
  | "configuration"
  /** What a program is built of, in a repository: a manifest, a lock file or a file for an image. */
  | "source"
  | "unknown";

/** What one file shows. */
export interface FileReading {
  readonly path: string;
  readonly form: ProgramForm;
  /** Whether it belongs to the program, not to a library or module of others. */
  readonly own: boolean;
  readonly signs: readonly ProgramSign[];
  /** Absolute paths that stand in it whole, without those of the loader. */
  readonly paths: readonly string[];
  /** What in it can load or start something that its text does not name, each the end of a sentence: `loads plugins by dlopen()`. */
  readonly hides: readonly string[];
  /** Modules of others that a script loads and that do not come with its language; their code is not read. */
  readonly foreign?: readonly string[];
  /** What it says besides, by which nothing is decided, each a sentence without its end: `its image runs it as app (line 7)`. */
  readonly notes?: readonly string[];
  /** What it was compiled with, where that stands in it: `Go 1.24.4`. */
  readonly compiler?: string;
  /** The modules that it was built of, with their versions, where they are listed in it. */
  readonly modules?: readonly string[];
}

/** What could not be read, with the reason as the end of a sentence: `is not on this machine`. */
export interface UnreadFile {
  readonly path: string;
  readonly why: string;
  /** A library that the loader would not find either: a program that runs has no calls of its own there. */
  readonly isLibrary?: true;
  /** A word of the command that only the machine knows: it may name a path, but adds no call to what code makes. */
  readonly isArgument?: true;
}

/** All that was read of a program: its file, its libraries and modules, and what it starts. */
export interface ProgramReading {
  readonly files: readonly FileReading[];
  readonly unread: readonly UnreadFile[];
  /** Nothing of it was read in time, and somebody reads it meanwhile. */
  readonly isLate?: true;
  /** What the configuration of daemons among them says, where they are known. */
  readonly configuration?: readonly ConfigurationFact[];
  /** What the packages of the programs say of them. */
  readonly packaged?: readonly PackageStatement[];
  /** What belongs to the user of the service on its machine. */
  readonly owned?: readonly OwnedPlace[];
}

/** A place of a machine that belongs to the user of a service, and that the service names. */
export interface OwnedPlace {
  readonly path: string;
  /** The name of that user. */
  readonly owner: string;
  /** The file or the unit that names it. */
  readonly by: string;
}
