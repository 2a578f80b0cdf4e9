import { readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { UNIT_TYPES } from "../server/src/values/unitTypes.ts";

const VALUES = "server/src/values";

/** A table of value types: where a module exports it. */
interface TypeTable {
  readonly module: string;
  readonly name: string;
  readonly types: Readonly<Record<string, unknown>>;
}

/** Bundles the value types so that a table of them is loaded when one of its types is first asked for: a unit has few of them. */
export const typeTables: Plugin = {
  name: "type-tables",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]values[\\/]unitTypes\.ts$/ }, async ({ path }) => ({
      contents: typeModule(await tablesIn(VALUES)),
      loader: "js",
      resolveDir: dirname(path),
    }));
  },
};

async function tablesIn(folder: string): Promise<TypeTable[]> {
  const modules = ["enumerations", "grammars"].flatMap((it) =>
    readdirSync(`${folder}/${it}`, { recursive: true, encoding: "utf8" }).map((name) => `./${it}/${name}`),
  );
  const tables: TypeTable[] = [];
  for (const module of modules.filter((it) => it.endsWith(".ts")).sort()) {
    const exported = (await import(pathToFileURL(resolve(folder, module)).href)) as Readonly<Record<string, unknown>>;
    for (const [name, types] of Object.entries(exported))
      if (typeof types === "object" && types !== null)
        tables.push({ module, name, types: types as TypeTable["types"] });
  }
  return tables;
}

/** Each type is taken from the smallest table that has it: the others only join such tables. */
function typeModule(tables: readonly TypeTable[]): string {
  const smallest = tables.toSorted((a, b) => Object.keys(a.types).length - Object.keys(b.types).length);
  const names = new Map<TypeTable, string[]>();
  for (const [name, type] of Object.entries(UNIT_TYPES)) {
    const table = smallest.find((it) => Object.hasOwn(it.types, name) && it.types[name] === type);
    if (!table) throw new Error(`no table of ${VALUES} has the value type ${name}`);
    names.set(table, [...(names.get(table) ?? []), name]);
  }
  const text = [...names.values()].map((it) => it.join(" ")).join("\n");
  const getters = [...names.keys()].map((it) => `() => require(${JSON.stringify(it.module)}).${it.name}`);
  return `const places = new Map(${JSON.stringify(text)}.split("\\n").flatMap((it, i) => it.split(" ").map((name) => [name, i])));
    const load = [${getters.join(", ")}];
    const tables = [];
    export const unitType = (name) => {
      const at = places.get(name);
      return at === undefined ? undefined : (tables[at] ??= load[at]())[name];
    };`;
}
