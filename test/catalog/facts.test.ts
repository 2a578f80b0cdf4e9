import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { DirectiveFacts } from "../../build/extracts/unitDirectives.ts";
import { type Directive, directivesIn, isIgnored, typeIn } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS } from "../../server/src/catalog/sections.ts";

type FactRow = DirectiveFacts & { readonly section: string };

/** What systemd's parser tables and manual pages say; `npm run extracts` writes it. */
const FACTS = (JSON.parse(readFileSync("data/facts/unit-directives.json", "utf8")) as DirectiveFacts[]).flatMap((row) =>
  row.sections.split(" ").map((section): FactRow => ({ ...row, section })),
);

const factsOf = (version: number): FactRow[] => FACTS.filter((it) => it.in?.includes(version) ?? it.gone === undefined);

/** The catalog as systemd of a version reads it. */
function catalogOf(version: number): Directive[] {
  return Object.keys(SECTIONS)
    .filter(isSectionName)
    .flatMap((section) => directivesIn(section, version));
}

const key = ({ section, name }: { section: string; name: string }): string => `[${section}] ${name}=`;

/** One line for each row, sorted, so that a difference is easy to read. */
function lines<T extends { section: string; name: string }>(rows: readonly T[], what: (row: T) => unknown): string[] {
  return rows.map((row) => `${key(row)} ${String(what(row))}`).sort();
}

describe("catalog: equality with the parser tables of systemd", () => {
  it("has all 531 names of 262 and all 484 of 257", () => {
    assert.equal(new Set(catalogOf(262).map((it) => it.name)).size, 531);
    assert.equal(new Set(catalogOf(257).map((it) => it.name)).size, 484);
  });

  for (const [version, count] of [
    [257, 1341],
    [262, 1468],
  ] as const)
    it(`has exactly the ${count} rows of ${version}`, () => {
      assert.equal(factsOf(version).length, count, "the facts have changed");
      assert.deepEqual(catalogOf(version).map(key).sort(), factsOf(version).map(key).sort());
    });

  it("names the same manual page for each", () => {
    assert.deepEqual(
      lines(catalogOf(262), (it) => it.page && `${it.page}(5)`),
      lines(factsOf(262), (it) => it.page),
    );
  });

  it("names the same entry of the page for each", () => {
    assert.deepEqual(
      lines(catalogOf(262), (it) => it.page && (it.anchor ?? `${it.name}=`)),
      lines(factsOf(262), (it) => it.page && (it.anchor ?? `${it.name}=`)),
    );
  });

  it("names the same version that brought each", () => {
    const documented = factsOf(262).filter((it) => it.page !== undefined);
    const keys = new Set(documented.map(key));
    assert.deepEqual(
      lines(
        catalogOf(262).filter((it) => keys.has(key(it))),
        (it) => it.since,
      ),
      lines(documented, (it) => it.since),
    );
  });

  it("says the same of user units for each", () => {
    assert.deepEqual(
      lines(catalogOf(262), (it) => it.scope),
      lines(factsOf(262), (it) => it.scope ?? SCOPES[it.name]),
    );
  });

  for (const version of [257, 262])
    it(`ignores exactly what ${version} ignores`, () => {
      assert.deepEqual(
        catalogOf(version)
          .filter((it) => isIgnored(it, version))
          .map(key)
          .sort(),
        factsOf(version)
          .filter((it) => it.ignoredIn?.includes(version))
          .map(key)
          .sort(),
      );
    });
});

/** What the entries say in other words than the usual ones. */
const SCOPES: Readonly<Record<string, Directive["scope"]>> = { ProcSubset: "system" };

/** Parsers that read the values of some directives in another way; each of these has a type of its own. */
const SPLIT = [
  "bool",
  "exec_directories",
  "install",
  "io_limit",
  "memory_limit",
  "namespace_flags",
  "path_spec",
  "rlimit",
  "set_credential",
  "socket_listen",
  "timer",
  "unit_condition_path",
  "unit_condition_string",
  "unit_deps",
  "unit_path_printf",
  "user_group_compat",
];

/** Parsers that have another name since, and read the same. */
const RENAMED: Readonly<Record<string, string>> = {
  allowed_cpuset: "unit_cpu_set",
  memory_pressure_watch: "pressure_watch",
  restrict_namespaces: "namespace_flags",
};

describe("catalog: value types and the parsers of systemd", () => {
  /** The parser of a row while it still had an effect. */
  const parsers = new Map(factsOf(262).map((it) => [key(it), (it.ignoredIn && it.parser257) || it.parser]));

  it("have the name of their parser, where we do not tell more of them apart", () => {
    const others = catalogOf(262).filter((it) => typeIn(it, 262) !== camelCase(parsers.get(key(it)) ?? "install"));
    const split = [...new Set(others.map((it) => parsers.get(key(it)) ?? "install"))].sort();
    assert.deepEqual(split, SPLIT);
  });

  it("are another one in 257 where its parser was one that we tell apart", () => {
    const differs = (row: Directive): boolean => typeIn(row, 257) !== typeIn(row, 262);
    const changed = factsOf(257).filter(
      (it) => it.parser257 !== undefined && !it.ignoredIn && RENAMED[it.parser257] !== it.parser,
    );
    assert.deepEqual(
      lines(catalogOf(257).filter(differs), (it) => typeIn(it, 257)),
      lines(changed, (it) => camelCase(it.parser257 ?? "")),
    );
  });

  it("belong to one parser each", () => {
    const byType = new Map<string, Set<string | undefined>>();
    for (const it of catalogOf(262)) {
      const type = typeIn(it, 262);
      byType.set(type, (byType.get(type) ?? new Set()).add(parsers.get(key(it))));
    }
    assert.deepEqual(
      [...byType].filter(([, found]) => found.size > 1),
      [],
    );
  });
});

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
