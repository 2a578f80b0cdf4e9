import { fileDeclaring, insertBefore, OPEN, type Plan, Refusal, type Sources, textOf } from "./plan.ts";

/** The table of each kind of daemon. */
const TABLES: Readonly<Record<string, string>> = { servers: "SERVERS", mail: "MAIL_DAEMONS", stores: "STORES" };

/** How its files are written. */
const FORMS: Readonly<Record<string, string>> = {
  equals: `{ between: "=", comments: "#" }`,
  ini: `{ between: "=", comments: "#;", sections: "[" }`,
  words: `{ between: " ", comments: "#" }`,
  braces: `";"`,
  lines: `"\\n"`,
};

const CASES = "test/program/daemons.test.ts";

interface DaemonOptions {
  readonly table: string;
  readonly form: string;
  /** Where its configuration lies, parted by blanks. */
  readonly files: string;
  /** The keys of each meaning: `port=listen_port,user=run_as`. */
  readonly keys: string;
}

/** What is known of how a daemon is configured: a row of its table, and a case that shows what is read. */
export function newDaemon(name: string, { table, form, files, keys }: DaemonOptions, sources: Sources): Plan {
  if (!/^[\w.-]+$/.test(name)) throw new Refusal(`a daemon is named as its program, not ${name}`);
  const [constant, written] = [TABLES[table], FORMS[form]];
  if (!constant) throw new Refusal(`--table is one of ${Object.keys(TABLES).join(", ")}`);
  if (!written) throw new Refusal(`--form is one of ${Object.keys(FORMS).join(", ")}`);
  const known = Object.values(TABLES).map((it) => textOf(sources, fileDeclaring(sources, it)));
  if (known.some((it) => new RegExp(`programs: "(?:[^"]* )?${name}[ "]`).test(it)))
    throw new Refusal(`there is a row of ${name} already`);
  const list = fileDeclaring(sources, constant);
  const meanings = keys.split(",").map((it) => it.split("=", 2));
  const row = `  {
    programs: "${name}",
    form: ${written},
    files: "${files}",
    keys: { ${meanings.map(([meaning, key]) => `${meaning}: "${key ?? OPEN}"`).join(", ")} },
  },
`;
  return {
    files: new Map(),
    changes: new Map([
      [list, insertBefore(textOf(sources, list), "];", row)],
      [CASES, withCase(textOf(sources, CASES), name, files.split(" ")[0] ?? "")],
    ]),
    visits: [
      {
        place: list,
        todo: "options that name another file, ports that it opens by default, further keys: as its own documentation says; the meanings are those of KeyMeaning",
        toldBy: "the compiler: a meaning that there is not; test/program/daemons.test.ts",
      },
      {
        place: CASES,
        todo: "a file as its package ships it, and what is read from it, with the lines",
        toldBy: `test/program/daemons.test.ts: a daemon without a case; test/manifest/sources.test.ts for each ${OPEN} that is left`,
      },
      {
        place: "npm run readings",
        todo: "what the configuration shows next to what runs did, where the daemon was measured",
        toldBy: "nothing",
      },
    ],
  };
}

/** The cases with one more in front. */
function withCase(text: string, name: string, file: string): string {
  const mark = "const CASES: Readonly<Record<string, Case>> = {\n";
  const at = text.indexOf(mark);
  if (at < 0) throw new Refusal(`${CASES} has no cases`);
  const entry = `  "/usr/sbin/${name}": { files: { "${file}": "${OPEN}\\n" }, says: ["${OPEN}"] },\n`;
  return text.slice(0, at + mark.length) + entry + text.slice(at + mark.length);
}
