import type { PodmanVersion } from "../podmanVersions.ts";

/**
 * How the generator reads a key. `string`: the last line counts. `lines`: each line is one item. `words`: white space
 * parts the items, escapes stay. `args`: the same with escapes decoded. `keyvals`: arguments `NAME=value`. `last-args`:
 * arguments of the last line. `bool`: 1, yes, true, on, and all else is false. `uint32`: all that is no number is 0.
 */
export type QuadletKind =
  | "string"
  | "lines"
  | "words"
  | "args"
  | "keyvals"
  | "last-args"
  | "bool"
  | "bool-or-healthy"
  | "uint32";

/** What else is known about a key. */
export interface QuadletKeyFacts {
  /** What holds where the key is not set; `STEM` is the name of the file without its extension. */
  readonly default?: string;
  /** The key that podman recommends instead. */
  readonly replacedBy?: string;
  /** Keys of the same section that the generator refuses with it. */
  readonly excludes?: readonly string[];
  /** A key of the same section without which the generator refuses it. */
  readonly needs?: string;
  readonly required?: boolean;
}

/** What the table says of a key, in the words of the catalog; JSON has no literal types. */
export interface QuadletRow extends QuadletKeyFacts {
  /** The value type. */
  readonly type: string;
  /** The podman that brought it. */
  readonly since: PodmanVersion;
  /** A `QuadletKind`. */
  readonly read: string;
  /** The option of podman that it becomes; none where it is an argument, or the generator's own matter. */
  readonly option?: string;
  /** One sentence in the third person. */
  readonly summary: string;
}
