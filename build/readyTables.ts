import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { writeRows } from "../server/src/catalog/rowText.ts";
import { type EvidenceTable, makeEvidenceTable, type RowStatement } from "../server/src/hardening/evidenceTable.ts";
import { makeProgramTable } from "../server/src/service/programTable.ts";

/**
 * Bundles large tables made ready for looking something up, without what only tests need, and as text: that is read faster than
 * an object literal, and only as far as a file asks for it.
 */
export const readyTables: Plugin = {
  name: "ready-tables",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]service[\\/]programTable\.ts$/ }, () => ({ contents: programModule() }));
    onLoad({ filter: /[\\/]hardening[\\/]evidenceTable\.ts$/ }, () => ({
      contents: evidenceModule(makeEvidenceTable()),
    }));
    onLoad({ filter: /[\\/]data[\\/]configs[\\/]\w+\.json$/ }, async ({ path }) => ({
      contents: configModule(JSON.parse(await readFile(path, "utf8"))),
      loader: "js",
      resolveDir: dirname(path),
    }));
    onLoad({ filter: /[\\/]data[\\/]rules[\\/]\w+\.json$/ }, async ({ path }) => ({
      contents: rulesModule(JSON.parse(await readFile(path, "utf8"))),
      loader: "js",
    }));
    onLoad({ filter: /[\\/]data[\\/]measured[\\/]daemons\.json$/ }, async ({ path }) => ({
      contents: measuredModule(JSON.parse(await readFile(path, "utf8"))),
      loader: "js",
    }));
  },
};

/** Few sessions open a file of these. */
function configModule({
  sections,
  types,
}: {
  readonly sections?: Parameters<typeof writeRows>[0];
  readonly types?: object;
}): string {
  if (!sections)
    return `let made; export default { get types() { return made ??= JSON.parse(${JSON.stringify(JSON.stringify(types))}); } };`;
  return `import { readRows } from "../../server/src/catalog/rowText.ts";
    let made;
    export default { get sections() { return made ??= readRows(${JSON.stringify(writeRows(sections))}); } };`;
}

/** They are shown when somebody asks what a rule is about. */
const rulesModule = ({ rules }: { readonly rules: object }): string =>
  `let made; export default { get rules() { return made ??= JSON.parse(${JSON.stringify(JSON.stringify(rules))}); } };`;

const programModule = (): string =>
  `const table = ${JSON.stringify(makeProgramTable())}; export const makeProgramTable = () => table;`;

/** Few units are about any row, so that each is a text that is read when it is asked for. Rows about one thing in several languages exclude the same, which stands there once. */
function evidenceModule({ row, ...lists }: EvidenceTable): string {
  const rows: RowStatement[] = [];
  for (let it = row(0); it; it = row(rows.length)) rows.push(it);
  const excluded = [...new Set(rows.map((it) => JSON.stringify(it.excludes)))];
  const placed = rows.map((it) => JSON.stringify({ ...it, excludes: excluded.indexOf(JSON.stringify(it.excludes)) }));
  return `const lists = ${JSON.stringify(lists)};
    const rows = ${JSON.stringify(placed.join("\n"))};
    const excluded = ${JSON.stringify(excluded.join("\n"))};
    const read = [];
    let texts, reasons;
    const made = (text) => {
      const row = JSON.parse(text);
      reasons ??= excluded.split("\\n");
      return { ...row, excludes: JSON.parse(reasons[row.excludes]) };
    };
    const row = (place) => {
      texts ??= rows.split("\\n");
      const text = texts[place];
      return text === undefined ? undefined : (read[place] ??= made(text));
    };
    export const makeEvidenceTable = () => ({ ...lists, row });`;
}

/** What was measured, as far as it is read here. */
interface MeasuredTable {
  readonly units: readonly string[];
  readonly rows: readonly {
    readonly unit: string;
    readonly settings: readonly string[];
    readonly refused: Readonly<Record<string, string>>;
  }[];
}

/**
 * Most files name none of these daemons, so that their rows are read when one does. What many rows say stands there once: lines
 * and refusals, and the names of keys.
 */
function measuredModule({ units, rows }: MeasuredTable): string {
  const refusals = rows.map(({ refused }) => Object.entries(refused).map((it) => it.join(" ")));
  const all = [...rows.flatMap((it) => it.settings), ...refusals.flat()];
  const count = new Map<string, number>();
  for (const it of all) count.set(it, (count.get(it) ?? 0) + 1);
  // The numbers of frequent texts are short.
  const texts = [...count.keys()].sort((a, b) => (count.get(b) ?? 0) - (count.get(a) ?? 0));
  const places = new Map(texts.map((it, i) => [it, i]));
  const placed = (some: readonly string[] = []): readonly unknown[] => some.map((it) => places.get(it));
  const rest = rows.map(({ unit: _, settings: __, refused: ___, ...row }) => row);
  const keys = [...new Set(rest.flatMap((it) => Object.keys(it)))];
  const written = rest.map((row, i) => [
    placed(rows[i]?.settings),
    placed(refusals[i]),
    ...keys.map((key) => (row as Readonly<Record<string, unknown>>)[key]),
  ]);
  const table = { texts, rows: written };
  const members = keys.map((key, i) =>
    rest.every((it) => key in it) ? `${key}: row[${i}]` : `...(row[${i}] !== null && { ${key}: row[${i}] })`,
  );
  // The units are in the order of the rows. Settings and refusals are read of the row that somebody asks for.
  return `const units = ${JSON.stringify(units)};
    const refusals = [];
    let all;
    const read = ({ texts, rows }) => rows.map(([settings, refused, ...row], i) => ({
      unit: units[i],
      ${members.join(", ")},
      get settings() { return settings.map((it) => texts[it]); },
      get refused() { return refusals[i] ??= Object.fromEntries(refused.map((it) => cut(texts[it]))); },
    }));
    const cut = (text) => [text.slice(0, text.indexOf(" ")), text.slice(text.indexOf(" ") + 1)];
    export default {
      units,
      get rows() { return all ??= read(JSON.parse(${JSON.stringify(JSON.stringify(table))})); },
    };`;
}
