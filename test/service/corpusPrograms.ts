import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { programsOf } from "../../server/src/service/program.ts";
import { unitOf } from "../hardening/kit.ts";

/** More packages than any program has that says something about them: `sh` and `true` are everywhere. */
const COMMON = 8;

/** The names of the services of each package, and of the programs that they run; without what services of all kinds run. */
export function programsOfCorpus(folder: string): Readonly<Record<string, string>> {
  const byPackage = new Map<string, Set<string>>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((it) => /\.service$/.test(it))) {
    const [name = "", ...rest] = path.split("/");
    const unit = unitOf(readFileSync(join(folder, path), "utf8"), `/${rest.join("/")}`);
    const stem = (rest.at(-1) ?? "").replace(/(?:@.*)?\.service$/, "");
    const names = byPackage.get(name) ?? new Set();
    for (const it of [stem, ...programsOf(unit).flatMap((program) => program.names)]) {
      if (/^\w[\w.+-]*$/.test(it)) names.add(it.toLowerCase());
    }
    byPackage.set(name, names);
  }
  const count = new Map<string, number>();
  for (const it of [...byPackage.values()].flatMap((names) => [...names])) count.set(it, (count.get(it) ?? 0) + 1);
  const told = (names: ReadonlySet<string>): string[] =>
    [...names].filter((it) => (count.get(it) ?? 0) <= COMMON).sort();
  return Object.fromEntries(
    [...byPackage]
      .map(([name, names]) => [name, told(names).join(" ")] as const)
      .filter(([, names]) => names !== "")
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
