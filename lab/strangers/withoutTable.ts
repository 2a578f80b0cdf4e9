import { parseArgs } from "node:util";
import EVIDENCE from "../../data/evidence.json" with { type: "json" };
import KINDS from "../../data/kinds.json" with { type: "json" };
import PROGRAMS from "../../data/programs.json" with { type: "json" };

/** A table of words or names, or a column of one, that hardening asks. */
export interface WordTable {
  readonly name: string;
  readonly entries: number;
  /** Empties it, which counts as long as nothing was read of it. */
  readonly empty: () => void;
}

type Row = Record<string, unknown>;

const COLUMNS = ["words", "unless", "names", "arguments", "units", "groups", "variables", "capabilities", "doubts"];

const columnOf = (rows: readonly Row[], file: string, key: string): WordTable => ({
  name: `${file} ${key}`,
  entries: rows.flatMap((it) => (typeof it[key] === "string" ? it[key].split(", ") : [])).length,
  empty: () => {
    for (const it of rows) delete it[key];
  },
});

const kinds: Readonly<Record<string, Row>> = KINDS;

/** All of them. */
export const TABLES: readonly WordTable[] = [
  ...COLUMNS.map((it) => columnOf(EVIDENCE as readonly Row[], "evidence.json", it)),
  {
    name: "kinds.json",
    entries: Object.keys(kinds).length,
    empty: () => {
      for (const it of Object.values(kinds)) Object.assign(it, { excludes: {}, needs: {}, doubts: undefined });
    },
  },
  ofPrograms("of a kind", (it) => it.kinds.length > 0),
  ofPrograms("of no kind", (it) => it.kinds.length === 0),
];

function ofPrograms(what: string, isMeant: (row: (typeof PROGRAMS)[number]) => boolean): WordTable {
  return {
    name: `programs.json ${what}`,
    entries: PROGRAMS.filter(isMeant).length,
    empty: () => {
      const rest = PROGRAMS.filter((it) => !isMeant(it));
      PROGRAMS.splice(0, PROGRAMS.length, ...rest);
    },
  };
}

const { values } = parseArgs({ options: { without: { type: "string" } }, strict: false });
TABLES.find((it) => it.name === values.without)?.empty();
