import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { directive, isIgnored } from "../../server/src/catalog/catalog.ts";
import { SECTIONS } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { parse } from "../../server/src/syntax/parse.ts";

/** A unit file of the corpus, with the package that it is from. */
export interface PackagedFile {
  readonly packageName: string;
  readonly path: string;
  readonly text: string;
}

/** All unit files below the folder of a corpus that has one folder for each package. */
export function* packagedFiles(corpus: string): Generator<PackagedFile> {
  const folder = join(corpus, "units");
  for (const packageName of readdirSync(folder))
    for (const file of readdirSync(join(folder, packageName), { recursive: true, encoding: "utf8" }))
      if (unitPath(`/${file}`))
        yield { packageName, path: `/${file}`, text: readFileSync(join(folder, packageName, file), "utf8") };
}

/**
 * The text of data/packages-by-directive.json: for each section, the directives that a new unit may set, with the number of
 * packages that set them. What hardly any package sets is left out, as chance would decide its order.
 */
export function packagesByDirective(corpus: string): string {
  const packages = new Map<string, Map<string, Set<string>>>(Object.keys(SECTIONS).map((it) => [it, new Map()]));
  const withSection = new Map<string, Set<string>>();
  for (const { packageName, text } of packagedFiles(corpus))
    for (const { name: section, nodes } of parse(text).sections) {
      withSection.set(section, (withSection.get(section) ?? new Set()).add(packageName));
      const counted = packages.get(section);
      for (const node of counted ? nodes : [])
        if (node.kind === "assignment" && isForNewUnits(section, node.key))
          counted?.set(node.key, (counted.get(node.key) ?? new Set()).add(packageName));
    }
  const sections = [...packages].flatMap(([section, counted]) => {
    const least = leastCount(withSection.get(section)?.size ?? 0);
    const common = [...counted].map(([name, { size }]) => ({ name, size })).filter((it) => it.size >= least);
    common.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
    return common.length > 0 ? [[section, Object.fromEntries(common.map((it) => [it.name, it.size]))] as const] : [];
  });
  return `${JSON.stringify(Object.fromEntries(sections), null, 2)}\n`;
}

function isForNewUnits(section: string, name: string): boolean {
  const known = directive(section, name);
  return known?.page !== undefined && !isIgnored(known, NEWEST_VERSION);
}

/** How many packages must set a directive, by how many have its section at all. */
function leastCount(packages: number): number {
  return packages >= 500 ? 3 : packages >= 20 ? 2 : 1;
}
