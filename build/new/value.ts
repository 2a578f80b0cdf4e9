import { CODES } from "../../server/src/rules/codes.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import { OPEN, type Plan, Refusal, type Sources, snakeCase, textOf, type Visit, withImport } from "./plan.ts";

const VALUES = "server/src/values";
const CODES_FILE = `${VALUES}/codes.ts`;

/** The file of the rules about each folder of grammars. */
const FOLDERS: Readonly<Record<string, string>> = {
  names: "names",
  numbers: "numbers",
  paths: "paths",
  lists: "lists",
  units: "unit",
};

interface ValueOptions {
  /** The folder of grammars, or the file of enumerations. */
  readonly family: string;
  /** The code of a mistake, which may be new. */
  readonly code?: string;
  /** All values, of an enumeration. */
  readonly words?: readonly string[];
}

/** A value type: an enumeration of the words that are given, else a grammar of its own. */
export function newValue(name: string, options: ValueOptions, sources: Sources): Plan {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name))
    throw new Refusal(`a value type is named as its C routine without config_parse_, in camel case, not ${name}`);
  if (Object.hasOwn(UNIT_TYPES, name)) throw new Refusal(`there is a value type ${name} already`);
  return options.words
    ? newEnumeration(name, options.words, options.family, sources)
    : newGrammar(name, options, sources);
}

/** What is left to do for every value type. */
const used = (name: string): Visit => ({
  place: "server/src/catalog/tables",
  todo: `a directive with the type: npm run new -- directive NAME --type ${name}`,
  toldBy: "test/catalog/catalog.test.ts: a value type that no directive has",
});

function newEnumeration(name: string, words: readonly string[], family: string, sources: Sources): Plan {
  const path = `${VALUES}/enumerations/${family}Words.ts`;
  const members = words.map((it) => `    ${/^\w+$/.test(it) ? it : JSON.stringify(it)}: "${OPEN}",\n`).join("");
  const entry = `\n  ${name}: wordSet("${snakeCase(name)}", {\n${members}  }),\n`;
  return {
    files: new Map(),
    changes: new Map([[path, withEntry(textOf(sources, path), entry)]]),
    visits: [
      {
        place: path,
        todo: "a sentence about each word, or an object with since, numbers or synonyms; switchSet() if the routine takes booleans; what an empty and an invalid value do",
        toldBy: `test/manifest/sources.test.ts for each ${OPEN} that is left; test/values/enumeration.test.ts`,
      },
      used(name),
    ],
  };
}

function newGrammar(name: string, { family, code }: ValueOptions, sources: Sources): Plan {
  const folder = FOLDERS[family];
  if (folder === undefined) throw new Refusal(`--family is one of ${Object.keys(FOLDERS).join(", ")}`);
  if (!code?.startsWith("value/")) throw new Refusal("--code names the rule about its mistakes, such as value/number");
  const constant = snakeCase(name).toUpperCase();
  const stem = family.slice(0, -1);
  const path = `${VALUES}/grammars/${folder}/${name}.ts`;
  const list = `${VALUES}/grammars/${stem}Grammars.ts`;
  const test = `test/values/${name}.test.ts`;
  const rules = `server/src/rules/value/${stem}Rules.ts`;
  const isNew = !CODES.includes(code);
  const imported = withImport(textOf(sources, list), `import { ${constant} } from "./${folder}/${name}.ts";`);
  const changes = new Map([[list, withTable(imported, constant)]]);
  if (isNew) {
    changes.set(CODES_FILE, textOf(sources, CODES_FILE).replace(/;\s*$/, `\n  | "${code}";\n`));
    changes.set(rules, withEntry(textOf(sources, rules), about(code)));
  }
  return {
    files: new Map([
      [path, grammarText(name, constant, code)],
      [test, testText(name, code)],
    ]),
    changes,
    visits: [
      {
        place: path,
        todo: `replace each ${OPEN} by what the routine does; single() is for one term, list() of ${VALUES}/combine.ts for words; slot() offers what may stand there`,
        toldBy: `the compiler: a code without a rule; test/manifest/sources.test.ts for each ${OPEN} that is left; test/values/badInput.soak.ts: whatever is typed`,
      },
      { place: list, todo: "done", toldBy: "npm run check: an unused file" },
      ...(isNew
        ? [
            { place: CODES_FILE, todo: "done", toldBy: "the compiler: the grammar's code is none" },
            {
              place: rules,
              todo: `replace each ${OPEN}; the examples need a directive with the type`,
              toldBy: "the compiler: a code without a rule; test/rules/rules.test.ts runs the examples",
            },
          ]
        : []),
      { place: test, todo: "what is right, what is wrong, and where", toldBy: "it fails as it is" },
      used(name),
      ...(isNew ? [{ place: "docs/rules", todo: "npm run docs", toldBy: "test/rules/docs.test.ts" }] : []),
    ],
  };
}

/** An object literal with one more entry at the end. */
function withEntry(text: string, entry: string): string {
  return withOneMore(text, Math.max(text.lastIndexOf("} as const satisfies"), text.lastIndexOf("} satisfies")), entry);
}

/** A call of `joinTables()` with one more table. */
const withTable = (text: string, constant: string): string =>
  withOneMore(text, text.lastIndexOf(") satisfies"), `  ${constant},`);

function withOneMore(text: string, at: number, entry: string): string {
  if (at < 0) throw new Refusal("nothing to add to");
  const before = text.slice(0, at).trimEnd();
  return `${before}${before.endsWith(",") ? "" : ","}\n${entry}\n${text.slice(at)}`;
}

const about = (code: string): string => `  "${code}": {
    title: "${OPEN}: what is wrong, as a heading",
    why: "${OPEN}: what may stand there, and what systemd does with anything else.",
    page: "systemd.directives(7)",
    bad: { text: "[Service]\\nExecStart=/bin/true\\n${OPEN}=x\\n" },
    good: { text: "[Service]\\nExecStart=/bin/true\\n${OPEN}=1\\n" },
  },`;

const grammarText = (
  name: string,
  constant: string,
  code: string,
): string => `import { single } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { issueAt } from "../../piece.ts";
import { noValue } from "../../wording.ts";

/** Follows ${OPEN}: the routine of systemd and its versions. */
const TERM: Term = {
  form: "${OPEN}: a noun phrase, with \`what is literal\`",
  read(piece, into) {
    if (!/^\\d+$/.test(piece.text)) return issueAt(piece, "${code}", noValue(piece, TERM.form));
    into.token(piece.from, piece.to, "word");
    return undefined;
  },
};

/** ${OPEN}: what these values are. */
export const ${constant} = {
  ${name}: single("${snakeCase(name)}", TERM, { empty: "unset" }),
} as const satisfies Record<string, Grammar>;
`;

const testText = (name: string, code: string): string => `import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";

const unit = parseUnitName("x.service") ?? assert.fail();
const WHERE: Where = { version: 262, scope: "system", kind: "service", unit, certain: true };

/** What is wrong with a value, as \`code at from-to\`. */
const wrong = (value: string): string[] =>
  issuesOf(valueType("${name}"), value, WHERE).map(({ code, from, to }) => \`\${code} at \${from}-\${to}\`);

describe("values: ${name}", () => {
  it("takes what systemd takes", () => {
    for (const value of ["1", "${OPEN}"]) assert.deepEqual(wrong(value), [], value);
  });

  it("says where it is wrong", () => {
    assert.deepEqual(wrong("x"), ["${code} at 0-1"]);
  });
});
`;
