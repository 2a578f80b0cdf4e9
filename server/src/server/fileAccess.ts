import type { FileKind, FolderEntry } from "../features/world.ts";
import type { Learnt } from "../learn/learnt.ts";
import type { ProgramFiles } from "../program/files.ts";
import { isTooLong } from "../syntax/longFile.ts";
import type { Unit } from "../units/unit.ts";

/** What bundles say about a unit, and the same where the run counts over what is known of such services. */
export interface DerivedLearnt {
  readonly learnt: Learnt;
  readonly trusted: Learnt;
}

/** Something in a folder. */
export interface ListedEntry extends FolderEntry {
  /** Whether it is a symbolic link; `folder` says what it leads to. */
  readonly link?: true;
}

/** How a file is reached: on the server's machine, through the client, where each look may go over a network, or not at all. */
export type Reach = "near" | "far" | "none";

/** Programs whose reading took longer than anybody waits for it. */
export interface LateReadings {
  /** Settles once all of them are read; undefined where none is being read. */
  pending(): Promise<void> | undefined;
  /** Calls a listener whenever one has been read. */
  onRead(listener: () => void): void;
}

/** Files besides the open documents. Failures are no errors here: what cannot be read is not there. */
export interface FileAccess {
  /** Whether `file:` URIs lead to a machine that may run systemd, and not only to the reader's documents. */
  readonly machine: boolean;
  /** The home folder of whoever runs the server on that machine, where it is known. */
  readonly home?: string | undefined;
  /** How a URI is reached, whether anything is there or not. */
  reach(uri: string): Reach;
  /** The text of a file; undefined where it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  /** What is in a folder; nothing where it cannot be read. */
  list(folder: string): Promise<readonly ListedEntry[]>;
  /** Where a symbolic link leads, as it is written; undefined for anything else. */
  linkTarget(uri: string): Promise<string | undefined>;
  /** The path of the index at which a file or folder is once all links are followed; undefined for what is not there, or where nobody can tell. */
  realPath(uri: string): Promise<string | undefined>;
  /** What is at a URI, links followed; undefined where nobody can tell. */
  kind(uri: string): Promise<FileKind | undefined>;
  /**
   * What bundles at some URIs say about a unit; fails with a sentence for the reader. Missing where no bundle can be read, as
   * they are too large to be asked for.
   */
  readonly learn?: ((bundles: readonly string[], unit: Unit) => Promise<DerivedLearnt>) | undefined;
  /** The files of the machine, which programs are read from; missing where there is none. */
  readonly programFiles?: ProgramFiles | undefined;
  /** Programs among them that are read later than they were asked for; missing where each is waited for. */
  readonly lateReadings?: LateReadings | undefined;
  /** The files that source next to a unit is read from; missing where no path leads to one. */
  readonly sourceFiles?: ProgramFiles | undefined;
  /** The names of the programs in a folder: files that someone may execute, links to them included. */
  programs(folder: string): Promise<readonly string[]>;
}

/** For clients whose server cannot reach any file. */
export const NO_FILES: FileAccess = {
  machine: false,
  reach: () => "none",
  read: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  linkTarget: () => Promise.resolve(undefined),
  realPath: () => Promise.resolve(undefined),
  kind: () => Promise.resolve(undefined),
  programs: () => Promise.resolve([]),
};

/**
 * How many folders below another one are looked into. What is far may be a repository of any size on a slow network, and
 * each of its folders costs a request: there it is enough for a project with its packaging, and not for a whole monorepo.
 */
export const MANY_FOLDERS: Readonly<Record<Reach, number>> = { near: 20_000, far: 1_000, none: 0 };

/** Files of which none that is longer than what is checked belongs to a unit; `noticed` is told of each that is read whether it is. */
export const withoutLongTexts = (
  files: FileAccess,
  noticed: (uri: string, isLong: boolean) => void = () => undefined,
): FileAccess => ({
  ...files,
  read: async (uri) => {
    const text = await files.read(uri);
    const isLong = text !== undefined && isTooLong(text);
    noticed(uri, isLong);
    return isLong ? undefined : text;
  },
});
