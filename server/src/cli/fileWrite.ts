/** A file as a command wants it. */
export interface FileWrite {
  readonly path: string;
  /** The text that is replaced; undefined where there must be no such file yet. */
  readonly before: string | undefined;
  readonly text: string;
}

/** Why files were not written, by their paths. */
export type WriteFailures = ReadonlyMap<string, string>;
