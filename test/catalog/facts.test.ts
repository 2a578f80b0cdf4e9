import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { type Directive, directivesIn, isIgnored } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS } from "../../server/src/catalog/sections.ts";

const FACTS = "../shared/facts/directives.json";

/** A row of systemd's parser table with what its manual page says. */
interface FactRow {
  readonly family: string;
  readonly section: string;
  readonly name: string;
  readonly in: readonly string[];
  readonly man?: string;
  readonly anchor?: string;
  readonly since?: number;
  readonly disabled?: Readonly<Record<string, string>>;
}

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
  let rows: readonly FactRow[] = [];
  const rowsOf = (version: number): FactRow[] => rows.filter((it) => it.in.includes(String(version)));

  before(function () {
    if (!existsSync(FACTS)) {
      console.log(`      skipped: there is no ${FACTS} beside the project`);
      this.skip();
    }
    const facts = JSON.parse(readFileSync(FACTS, "utf8")) as { directives: readonly FactRow[] };
    rows = facts.directives.filter((it) => it.family === "unit");
  });

  it("has all 531 names of 262 and all 484 of 257", () => {
    assert.equal(new Set(catalogOf(262).map((it) => it.name)).size, 531);
    assert.equal(new Set(catalogOf(257).map((it) => it.name)).size, 484);
  });

  for (const [version, count] of [
    [257, 1341],
    [262, 1468],
  ] as const)
    it(`has exactly the ${count} rows of ${version}`, () => {
      assert.equal(rowsOf(version).length, count, "the facts have changed");
      assert.deepEqual(catalogOf(version).map(key).sort(), rowsOf(version).map(key).sort());
    });

  it("names the same manual page for each", () => {
    assert.deepEqual(
      lines(catalogOf(262), (it) => it.page && `${it.page}(5)`),
      lines(rowsOf(262), (it) => it.man),
    );
  });

  it("names the same entry of the page for each", () => {
    assert.deepEqual(
      lines(catalogOf(262), (it) => it.page && (it.anchor ?? `${it.name}=`)),
      lines(rowsOf(262), (it) => it.anchor),
    );
  });

  it("names the same version that brought each, and for new Assert…= the one of its Condition…=", () => {
    const documented = (row: FactRow): boolean => row.man !== undefined;
    const sinceOf = new Map(rows.map((it) => [it.name, it.since]));
    /** All assertions share one entry, whose note speaks of the first of them. */
    const since = (row: FactRow): number | undefined =>
      row.name.startsWith("Assert") && !row.in.includes("257")
        ? sinceOf.get(row.name.replace("Assert", "Condition"))
        : row.since;
    const keys = new Set(rowsOf(262).filter(documented).map(key));
    assert.deepEqual(
      lines(
        catalogOf(262).filter((it) => keys.has(key(it))),
        (it) => it.since,
      ),
      lines(rowsOf(262).filter(documented), since),
    );
  });

  for (const version of [257, 262])
    it(`ignores exactly what ${version} ignores`, () => {
      assert.deepEqual(
        catalogOf(version)
          .filter((it) => isIgnored(it, version))
          .map(key)
          .sort(),
        rowsOf(version)
          .filter((it) => it.disabled?.[version]?.includes("LEGACY"))
          .map(key)
          .sort(),
      );
    });
});
