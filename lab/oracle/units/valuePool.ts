import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { directivesIn } from "../../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS, type SectionName } from "../../../server/src/catalog/sections.ts";
import { VERSIONS } from "../../../server/src/facts/version.ts";
import { parse } from "../../../server/src/syntax/parse.ts";
import { jsonLines } from "../../conformance/suite.ts";
import { PLACEHOLDERS } from "./machineFacts.ts";

/** Values by section and by directive: those that systemd was asked about, and those of real units. */
export type ValuePool = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

interface MatrixRow {
  readonly section: string;
  readonly key: string;
  readonly results: readonly (readonly [value: string, messages: unknown])[];
}

/** What the corpus has of values; directives that it does not have get none. */
export function valuePool(corpus: string): ValuePool {
  const pool = new Map<string, Map<string, Set<string>>>();
  const add = (section: string, key: string, values: Iterable<string>): void => {
    const keys = pool.get(section) ?? new Map<string, Set<string>>();
    pool.set(section, keys);
    keys.set(key, new Set([...(keys.get(key) ?? []), ...values]));
  };
  for (const section of Object.keys(SECTIONS) as SectionName[])
    for (const version of VERSIONS) for (const { name } of directivesIn(section, version)) add(section, name, []);
  const matrix = join(corpus, "matrix");
  for (const file of existsSync(matrix) ? readdirSync(matrix) : [])
    for (const { section, key, results } of jsonLines<MatrixRow>(join(matrix, file)))
      add(
        section,
        key,
        results.map(([value]) => value).filter((it) => it.length < 500),
      );
  for (const file of existsSync(corpus)
    ? readdirSync(join(corpus, "units"), { recursive: true, encoding: "utf8" })
    : [])
    if (/\.(?:[a-z]+|conf)$/.test(file)) addUnit(join(corpus, "units", file), add);
  return new Map(
    [...pool].map(([section, keys]) => [section, new Map([...keys].map(([key, its]) => [key, [...its]]))]),
  );
}

function addUnit(path: string, add: (section: string, key: string, values: readonly string[]) => void): void {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return;
  }
  for (const { name, nodes } of parse(text).sections)
    if (isSectionName(name))
      for (const node of nodes)
        if (node.kind === "assignment" && /^[A-Z]\w*$/.test(node.key) && !PLACEHOLDERS.test(node.text))
          add(name, node.key, [node.text]);
}
