import { readFileSync } from "node:fs";

/** What one comparison with systemd's answers found. */
export interface Outcome {
  readonly agree: number;
  readonly total: number;
  /** One line for each case that differs: its name, what systemd says, what we say. */
  readonly differences: readonly string[];
}

/** One comparison with a part of the corpus, for one systemd version. */
export interface Suite {
  readonly name: string;
  /** Compares with the answers below the corpus folder. */
  run(corpus: string, version: 257 | 262): Outcome;
}

/** Reads a file of one JSON value a line. */
export function jsonLines<T>(path: string): T[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
