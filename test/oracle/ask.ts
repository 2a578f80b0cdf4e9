import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Where the oracle and what it needs lie. */
export interface OraclePlaces {
  /** The folder with `oracle.py`. */
  readonly oracle: string;
  /** The folder that has a root for each version of systemd. */
  readonly roots: string;
}

/** What a program says about a file. */
export interface OracleMessage {
  readonly level: string;
  readonly line?: number;
  readonly text: string;
}

/** Asks the program of a family about files, by their names; throws where it cannot be asked. */
export function ask(
  { oracle, roots }: OraclePlaces,
  version: string,
  family: string,
  files: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>> | undefined,
): ReadonlyMap<string, readonly OracleMessage[]> {
  const input = JSON.stringify({ oracle, roots, version, family, files, names: names ?? null });
  const { status, stdout, stderr } = spawnSync("python3", [join(import.meta.dirname, "judge.py")], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr.trim().split("\n").at(-1)}`);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, OracleMessage[]>));
}
