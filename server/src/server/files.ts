import type { Entry } from "../features/world.ts";

/** Something in a folder. */
export interface ListedEntry extends Entry {
  /** Whether it is a symbolic link; `folder` tells of what it leads to. */
  readonly link?: true;
}

/** Files beside the open documents. Failures are no errors here: what cannot be read is not there. */
export interface Files {
  /** Whether `file:` URIs lead to a machine that may run systemd, and not only to the reader's documents. */
  readonly machine: boolean;
  /** The text of a file; undefined where it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  /** What is in a folder; nothing where it cannot be read. */
  list(folder: string): Promise<readonly ListedEntry[]>;
  /** Where a symbolic link leads, as it is written; undefined for anything else. */
  linkTarget(uri: string): Promise<string | undefined>;
}

/** For clients whose server cannot reach any file. */
export const NO_FILES: Files = {
  machine: false,
  read: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  linkTarget: () => Promise.resolve(undefined),
};
