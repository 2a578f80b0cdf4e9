import type { ProgramFiles } from "../files.ts";

/** Where a package manager keeps what it knows. */
export type PackageDatabase = Pick<ProgramFiles, "read" | "list">;

/** What one package manager knows of the files of a machine. */
export interface PackageManager {
  /** Whether it manages any. */
  isHere(files: PackageDatabase): boolean;
  /** Says of each file, and perhaps of folders, which source package brought it. */
  tellOwners(files: PackageDatabase, tell: (path: string, source: string) => void): void;
  /** The capabilities that packages give to files, by whose paths they are; missing where they leave no trace. */
  capabilities?(files: PackageDatabase): ReadonlyMap<string, string>;
  /** The digests of configuration files as packages brought them, in hexadecimal: of MD5, SHA-1 or SHA-2, by their length. */
  digests(files: PackageDatabase): ReadonlyMap<string, string>;
}
