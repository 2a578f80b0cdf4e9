import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { describe, it } from "mocha";
import KINDS from "../../data/kinds.json";
import PROGRAMS from "../../data/programs.json";
import { DAEMONS } from "../../lab/proving-ground/daemons.ts";
import { knownPrograms, type ProgramRow, type Trait } from "../../server/src/service/kinds.ts";
import { withoutVersion } from "../../server/src/service/programNames.ts";
import { skip } from "../kit/skip.ts";
import CORPUS from "./corpusPrograms.json";
import { programsOfCorpus } from "./corpusPrograms.ts";
import DEBIAN from "./debianPrograms.json";

const UNITS = "../shared/corpus/units";
const NAMES = "test/service/corpusPrograms.json";

/** Where a row comes from: a package whose units show it, one that ships it, a trial of ours, or upstream's own pages. */
type Evidence = Readonly<Partial<Record<"corpus" | "debian" | "trial" | "upstream", string>>>;

const ROWS = PROGRAMS as readonly (ProgramRow & { readonly evidence: Evidence })[];

const TRAITS: readonly Trait[] = ["offline", "root", "runtime", "statistics", "tried"];

/** Whether a row is about one of these names. */
function isAbout(row: string, names: readonly string[]): boolean {
  if (row.endsWith("*")) return names.some((it) => it.startsWith(row.slice(0, -1)));
  return names.some((it) => [it, withoutVersion(it), it.replace(/\.\w+$/, "")].includes(row));
}

const namesOf = (packages: Readonly<Record<string, string>>, name: string): readonly string[] | undefined =>
  packages[name]?.split(" ");

/** Whether the evidence of a row speaks of the row. */
const CHECKS: Readonly<Record<keyof Evidence, (name: string, source: string) => boolean>> = {
  corpus: (name, source) => isAbout(name, namesOf(CORPUS, source) ?? []),
  debian: (name, source) => {
    const commands = namesOf(DEBIAN, source);
    return commands !== undefined && isAbout(name, [source, ...commands]);
  },
  trial: (name, source) =>
    DAEMONS.some((it) => it.unit === source) && isAbout(name, [source.replace(/(?:@.*)?\.service$/, "")]),
  upstream: (name, source) =>
    /^https:\/\/[a-z\d-]+(?:\.[a-z\d-]+)+(?:\/[\w./-]*)?$/.test(source) ||
    /^([\w.-]+)\(\d\)$/.exec(source)?.[1] === name,
};

describe("the table of programs", () => {
  it("know each row with all that it says", () => {
    for (const { evidence: _, ...row } of ROWS) {
      const rows = knownPrograms(row.name.replace("*", "x")).filter((it) => it.name === row.name);
      assert.deepEqual(rows, [row]);
    }
  });

  it("names each program once, in lower case and in order", () => {
    const names = ROWS.map((it) => it.name);
    assert.deepEqual(names, [...new Set(names)].sort());
    assert.deepEqual(
      names.filter((it) => it !== it.toLowerCase()),
      [],
    );
  });

  it("has families of three letters at least, up to a separator", () => {
    for (const { name } of ROWS) assert.match(name, /^[a-z\d][\w.-]*$|^(?:[a-z\d][._-]?){3,}[._-]\*$/);
    assert.ok(ROWS.some((it) => it.name.endsWith("*")));
  });

  it("gives kinds and traits that there are, or a port", () => {
    for (const { name, kinds, traits = [], port } of ROWS) {
      const known = [...new Set(kinds)].filter((it) => it in KINDS);
      assert.deepEqual([known, [...new Set(traits)].filter((it) => TRAITS.includes(it))], [kinds, traits], name);
      assert.ok(kinds.length + traits.length > 0 || port !== undefined, name);
    }
  });

  for (const source of Object.keys(CHECKS) as (keyof Evidence)[]) {
    it(`has evidence for each row: ${source}`, () => {
      const rows = ROWS.filter((it) => it.evidence[source] !== undefined);
      assert.ok(rows.length > 0);
      const wrong = rows.filter((it) => !CHECKS[source](it.name, it.evidence[source] ?? ""));
      assert.deepEqual(wrong, []);
    });
  }

  it("has one evidence for each row", () => {
    for (const { name, evidence } of ROWS) {
      assert.deepEqual(Object.keys(evidence).filter((it) => it in CHECKS).length, 1, name);
      assert.equal(Object.keys(evidence).length, 1, name);
    }
  });

  it("is checked against what the corpus of real units shows", function () {
    if (!existsSync(UNITS)) skip(this, "the data beside the repository are not here");
    const shown = programsOfCorpus(UNITS);
    if (process.env.UPDATE === "1") writeFileSync(NAMES, `${JSON.stringify(shown, null, 2)}\n`);
    else assert.deepEqual(CORPUS, shown);
  });
});
