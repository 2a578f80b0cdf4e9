import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isElf } from "../../server/src/program/native/bytes.ts";
import { readOwnFile } from "../../server/src/program/native/nativeFile.ts";

/**
 * Compares what the programs of some packages show when they are built for two processors: of two folders each has a folder for
 * each package, unpacked. Prints how many signs are the same, by their form, and those that only one build shows.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [one = "", other = ""] = positionals;

/** By form of sign: in both builds, only in the first, only in the second. */
const table: Record<string, Record<"both" | "first" | "second", number>> = {};

/** The programs of a package, without its libraries, whose folders are named after the processor. */
const programsIn = (folder: string): readonly string[] =>
  ["usr/bin", "usr/sbin"].flatMap((at) =>
    entriesOf(join(folder, at)).flatMap((it) => (it.isFile() ? join(at, it.name) : [])),
  );

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function signsIn(path: string): ReadonlyMap<string, string> {
  const bytes = readFileSync(path);
  const signs = isElf(bytes) ? (readOwnFile(path, bytes)?.reading.signs ?? []) : [];
  return new Map(signs.map(({ sign, form, what }) => [`${sign} ${form} ${what}`, form]));
}

function compare(program: string, [first, second]: readonly [string, string]): void {
  const signs = [signsIn(first), signsIn(second)] as const;
  for (const [sign, form] of new Map([...signs[0], ...signs[1]])) {
    const row = table[form] ?? { both: 0, first: 0, second: 0 };
    table[form] = row;
    const where = signs[0].has(sign) ? (signs[1].has(sign) ? "both" : "first") : "second";
    row[where]++;
    if (where !== "both") console.log(`${program}: ${sign}, only in the ${where}`);
  }
}

let programs = 0;
for (const name of readdirSync(one)) {
  const there = new Set(programsIn(join(other, name)));
  for (const program of programsIn(join(one, name)).filter((it) => there.has(it))) {
    programs++;
    compare(`${name} ${program}`, [join(one, name, program), join(other, name, program)]);
  }
}
console.log(`${programs} programs of ${readdirSync(one).length} packages`);
console.table(table);
