/** What a package says of a program besides its code: places and users that it makes, and what its scripts and policies name. */
export type StatementKind = "place" | "user" | "member" | "name" | "signal" | "job" | "device" | "capability";

/** One thing that a file of the package of a program says, with its place. */
export interface PackageStatement {
  readonly kind: StatementKind;
  /** A path, a user, a group that a user is added to, a name of the bus, a signal or action, a command, a group, or a capability as the kernel names it. */
  readonly value: string;
  /** To whom a place is given, who is added to a group, or as whom a job runs, where that is not root. */
  readonly owner?: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** The same without its file. */
export type FoundStatement = Omit<PackageStatement, "path">;
