import { existsSync, readFileSync } from "node:fs";

/** The system services that the corpus has systemd's answers for; undefined where there is no corpus. */
export function servicesOf(corpus: string): string[] | undefined {
  const list = `${corpus}/security-257.jsonl`;
  if (!existsSync(list)) return undefined;
  const rows = readFileSync(list, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { unit: string; scope: string });
  return rows.filter(({ scope }) => scope === "system").map(({ unit }) => `${corpus}/units/${unit}`);
}
