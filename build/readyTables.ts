import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Plugin } from "esbuild";
import { writeRows } from "../server/src/catalog/rowText.ts";
import { type EvidenceTable, makeEvidenceTable } from "../server/src/hardening/evidenceTable.ts";
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
    onLoad({ filter: /[\\/]data[\\/]measured[\\/]daemons\.json$/ }, async ({ path }) => ({
      contents: measuredModule(JSON.parse(await readFile(path, "utf8"))),
      loader: "js",
    }));
  },
};

/** Few sessions open a file of these. */
function configModule({
  sections,
  sets,
}: {
  readonly sections?: Parameters<typeof writeRows>[0];
  readonly sets?: object;
}): string {
  if (!sections)
    return `let made; export default { get sets() { return made ??= JSON.parse(${JSON.stringify(JSON.stringify(sets))}); } };`;
  return `import { readRows } from "../../server/src/catalog/rowText.ts";
    let made;
    export default { get sections() { return made ??= readRows(${JSON.stringify(writeRows(sections))}); } };`;
}

const programModule = (): string =>
  `const table = ${JSON.stringify(makeProgramTable())}; export const makeProgramTable = () => table;`;

/** Rows about one thing in several languages exclude the same, which stands there once. */
function evidenceModule({ rows, ...lists }: EvidenceTable): string {
  const excluded = [...new Set(rows.map((it) => JSON.stringify(it.excludes)))];
  const placed = rows.map((it) => ({ ...it, excludes: excluded.indexOf(JSON.stringify(it.excludes)) }));
  const text = JSON.stringify({ rows: placed, excluded: excluded.map((it) => JSON.parse(it)) });
  return `const lists = ${JSON.stringify(lists)};
    const read = ({ rows, excluded }) => rows.map((it) => ({ ...it, excludes: excluded[it.excludes] }));
    export const makeEvidenceTable = () => ({ ...lists, rows: read(JSON.parse(${JSON.stringify(text)})) });`;
}

/** What was measured, as far as it is told here. */
interface MeasuredTable {
  readonly units: readonly string[];
  readonly rows: readonly (object & {
    readonly settings: readonly string[];
    readonly refused: Readonly<Record<string, string>>;
  })[];
}

/** Most files name none of these daemons, so that their rows are read when one does; what many rows say stands there once. */
function measuredModule({ units, rows }: MeasuredTable): string {
  const texts = [...new Set(rows.flatMap((it) => [...it.settings, ...Object.values(it.refused)]))];
  const places = new Map(texts.map((it, i) => [it, i]));
  const placed = rows.map(({ settings, refused, ...row }) => ({
    ...row,
    settings: settings.map((it) => places.get(it)),
    refused: Object.entries(refused).map(([key, it]) => [key, places.get(it)]),
    exercised: undefined,
    exposure: undefined,
  }));
  return `let all;
    const read = ({ rows, texts }) => rows.map(({ settings, refused, ...row }) => ({
      ...row,
      settings: settings.map((it) => texts[it]),
      refused: Object.fromEntries(refused.map(([key, it]) => [key, texts[it]])),
    }));
    export default {
      units: ${JSON.stringify(units)},
      get rows() { return all ??= read(JSON.parse(${JSON.stringify(JSON.stringify({ rows: placed, texts }))})); },
    };`;
}
