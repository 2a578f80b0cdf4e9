/** Files beside the open documents. Failures are no errors here: what cannot be read is not there. */
export interface Files {
  /** The text of a file; undefined where it cannot be read. */
  read(uri: string): Promise<string | undefined>;
  /** The names in a folder; none where it cannot be read. */
  list(folder: string): Promise<readonly string[]>;
}

/** For clients whose server cannot reach any file. */
export const NO_FILES: Files = {
  read: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
};
