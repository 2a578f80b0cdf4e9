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

/** The texts of files by their names. */
type Files = Readonly<Record<string, string>>;

/** What the program of a family says about files. A file that ends its reading is asked about alone; throws where the program cannot be asked. */
export function ask(
  places: OraclePlaces,
  version: string,
  family: string,
  files: Files,
  names: Files | undefined,
): ReadonlyMap<string, readonly OracleMessage[]> {
  const { complete, answers } = askOnce(places, version, family, files, names);
  const all = Object.entries(files);
  if (complete || all.length === 1) return new Map(Object.entries(answers));
  const middle = all.length >> 1;
  const halves = [all.slice(0, middle), all.slice(middle)].map((it) => Object.fromEntries(it));
  return new Map(halves.flatMap((it) => [...ask(places, version, family, it, names)]));
}

interface Judged {
  readonly complete: boolean;
  readonly answers: Readonly<Record<string, OracleMessage[]>>;
}

function askOnce(
  { oracle, roots }: OraclePlaces,
  version: string,
  family: string,
  files: Files,
  names: Files | undefined,
): Judged {
  const input = JSON.stringify({ oracle, roots, version, family, files, names: names ?? null });
  const { status, stdout, stderr } = spawnSync("python3", [join(import.meta.dirname, "judge.py")], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`the oracle failed: ${stderr.trim().split("\n").at(-1)}`);
  return JSON.parse(stdout) as Judged;
}
