import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "mocha";
import { parseSync } from "oxc-parser";
import { expectSnapshot } from "../kit/snapshot.ts";

const SOURCES = "server/src";

/** The rooms from top to bottom, as the table of ARCHITECTURE.md has them. */
const ROOMS = [...readFileSync("ARCHITECTURE.md", "utf8").matchAll(/^\| `server\/src\/(\w+)\/`/gm)].map(([, it]) => it);

/** From `features/` on upwards LSP may be named: there its data types, above all of it. */
const OPEN: Readonly<Record<string, RegExp>> = {
  features: /^vscode-languageserver-types$/,
  cli: /./,
  server: /./,
  main: /./,
};

const NODE = /^(?:node:|vscode)/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
}

const FILES = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".ts"))
  .map((it) => join(SOURCES, it));

const roomOf = (path: string): string => path.slice(SOURCES.length + 1).split("/")[0] ?? "";

const IMPORTS = FILES.flatMap((from): readonly Import[] =>
  parseSync(from, readFileSync(from, "utf8")).module.staticImports.map(({ moduleRequest: { value }, entries }) => ({
    from,
    to: value.startsWith(".") ? join(dirname(from), value) : value,
    names: entries.map((it) => it.importName.name ?? "*"),
  })),
);
const INNER = IMPORTS.filter(({ from, to }) => to.startsWith(SOURCES) && roomOf(from) !== roomOf(to));

describe("rooms", () => {
  it("are those of the architecture", () => {
    const there = new Set(FILES.map(roomOf));
    assert.deepEqual([...there].sort(), [...ROOMS].sort());
  });

  it("import downwards only", () => {
    const climbs = INNER.filter(({ from, to }) => ROOMS.indexOf(roomOf(to)) < ROOMS.indexOf(roomOf(from)));
    assert.deepEqual(
      climbs.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it("hold dialects of which none knows another", () => {
    const dialectOf = (path: string): string | undefined => /^server\/src\/dialects\/(\w+)\//.exec(path)?.[1];
    const across = IMPORTS.filter(
      ({ from, to }) => dialectOf(from) && dialectOf(to) && dialectOf(from) !== dialectOf(to),
    );
    assert.deepEqual(
      across.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it("below the applications know neither Node.js nor LSP", () => {
    const impure = IMPORTS.filter(({ from, to }) => NODE.test(to) && !OPEN[roomOf(from)]?.test(to));
    assert.deepEqual(
      impure.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it("give the names that are listed", () => {
    const given = ROOMS.map((room) => {
      const names = INNER.filter(({ to }) => roomOf(to) === room).flatMap((it) => it.names);
      const all = [...new Set(names)].sort();
      return `${room}: ${all.length}\n${all.map((it) => `  ${it}\n`).join("")}`;
    });
    expectSnapshot("rooms", given.join(""));
  });
});
