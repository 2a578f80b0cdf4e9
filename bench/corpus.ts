import { existsSync, readFileSync } from "node:fs";

/** A service of the corpus. */
export interface CorpusService {
  readonly path: string;
  readonly scope: "system" | "user";
}

/** The services that the corpus has systemd's answers for; undefined where there is no corpus. */
export function servicesOf(corpus: string): CorpusService[] | undefined {
  const list = `${corpus}/security-257.jsonl`;
  if (!existsSync(list)) return undefined;
  return readFileSync(list, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { unit: string; scope: CorpusService["scope"] })
    .map(({ unit, scope }) => ({ path: `${corpus}/units/${unit}`, scope }));
}
