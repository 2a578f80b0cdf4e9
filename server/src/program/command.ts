/** A command whose program is read. */
export interface ProgramCommand {
  /** Absolute, as a unit names it. */
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The folder in which it runs. */
  readonly folder?: string;
  /** The names of all that it runs, where a wrapper or a shell hides them. */
  readonly names?: readonly string[];
}
