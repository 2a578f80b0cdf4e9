import { parseTree } from "jsonc-parser";
import { configFamilies } from "../../server/src/families/configFamilies.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { CODES } from "../../server/src/rules/codes.ts";
import { QUADLETS } from "../../server/src/values/grammars/quadletGrammars.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import { propertiesOf, withLast } from "./json.ts";
import {
  fileDeclaring,
  importsInto,
  insertBefore,
  OPEN,
  type Plan,
  Refusal,
  relativePath,
  type Sources,
  snakeCase,
  textOf,
  type Visit,
  withImport,
} from "./plan.ts";
import { type NewSection, pageVisit, withSection } from "./rulePage.ts";

/** Where the grammars of a family are joined. */
interface Family {
  readonly dialect: "units" | "configs" | "quadlets";
  /** The exported list of the grammars. */
  readonly list: string;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  names: { dialect: "units", list: "NAMES" },
  numbers: { dialect: "units", list: "NUMBERS" },
  paths: { dialect: "units", list: "PATH_GRAMMARS" },
  lists: { dialect: "units", list: "LISTS" },
  units: { dialect: "units", list: "UNITS" },
  general: { dialect: "configs", list: "GENERAL_GRAMMARS" },
  daemons: { dialect: "configs", list: "DAEMON_GRAMMARS" },
  network: { dialect: "configs", list: "NETWORK_GRAMMARS" },
  netdev: { dialect: "configs", list: "NETDEV_GRAMMARS" },
  images: { dialect: "configs", list: "IMAGE_GRAMMARS" },
  quadlets: { dialect: "quadlets", list: "QUADLETS" },
};

const CONFIG_TYPES = "data/configs/types.json";

/** Whether tables of any dialect may name it. */
const isConfigType = (name: string): boolean => configFamilies().some((it) => it.description.types(`config/${name}`));

interface TypeOptions {
  /** The family of grammars, or the file of enumerations of units. */
  readonly family: string;
  /** The code of a mistake, which may be new. */
  readonly code?: string;
  /** All values, of an enumeration. */
  readonly words?: readonly string[];
}

/** A value type of units, configuration files or quadlets: some words, else a grammar of its own. */
export function newType(name: string, { family, code, words }: TypeOptions, sources: Sources): Plan {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name))
    throw new Refusal(`a value type is named as its C routine without config_parse_, in camel case, not ${name}`);
  if (Object.hasOwn(UNIT_TYPES, name) || Object.hasOwn(QUADLETS, name) || isConfigType(name))
    throw new Refusal(`there is a value type ${name} already`);
  const home = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  if (words && home?.dialect === "configs") return newConfigWords(name, words, sources);
  if (words && home?.dialect !== "quadlets") return newEnumeration(name, words, family, sources);
  if (!home) throw new Refusal(`--family is one of ${Object.keys(FAMILIES).join(", ")}`);
  if (home.dialect === "quadlets" && !/^quadlet[A-Z]/.test(name))
    throw new Refusal(`a value type of quadlets is named like quadletSize, not ${name}`);
  return newGrammar(name, home, { code: codeFor(home, code), ...(words && { words }) }, sources);
}

function codeFor({ dialect }: Family, code = dialect === "quadlets" ? "quadlet/value" : ""): string {
  const family = dialect === "quadlets" ? "quadlet" : "value";
  if (!code.startsWith(`${family}/`))
    throw new Refusal(`--code names the rule about its mistakes, such as ${family}/number`);
  return code;
}

/** What is left to do for every value type. */
function usedBy(name: string, dialect: Family["dialect"]): Visit {
  const [place, row] =
    dialect === "units"
      ? ["server/src/catalog/tables", `directive NAME --type ${name}`]
      : dialect === "configs"
        ? ["data/configs", `setting TABLE/SECTION/NAME --type ${name}`]
        : ["data/quadlets.json", `setting quadlets/SECTION/NAME --type ${name}`];
  return {
    place,
    todo: `a setting with the type: npm run new -- ${row}`,
    toldBy: "test/catalog/catalog.test.ts: a value type that no setting has",
  };
}

/** Words of a configuration file are data. */
function newConfigWords(name: string, words: readonly string[], sources: Sources): Plan {
  const text = textOf(sources, CONFIG_TYPES);
  const row = `,\n    ${JSON.stringify(name)}: ${JSON.stringify({ words: words.join(" ") })}`;
  return {
    files: new Map(),
    changes: new Map([[CONFIG_TYPES, withLast(text, propertiesOf(parseTree(text)).get("types"), row)]]),
    visits: [
      {
        place: CONFIG_TYPES,
        todo: "boolean where the routine asks parse_boolean() too, resets where an empty value sets the default; words that came or went, by version; an object of words with what each means",
        toldBy: `npm run conformance -- --only "configs tables", with the facts next to the project`,
      },
      usedBy(name, "configs"),
    ],
  };
}

function newEnumeration(name: string, words: readonly string[], family: string, sources: Sources): Plan {
  const path = `server/src/values/enumerations/${family}Words.ts`;
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
      usedBy(name, "units"),
    ],
  };
}

interface GrammarOptions {
  readonly code: string;
  /** Words of a quadlet, each of which says what it does. */
  readonly words?: readonly string[];
}

function newGrammar(name: string, family: Family, { code, words }: GrammarOptions, sources: Sources): Plan {
  const constant = snakeCase(name).toUpperCase();
  const list = fileDeclaring(sources, family.list);
  const path = `${folderOfGrammars(list, textOf(sources, list))}/${name}.ts`;
  const test = `test/values/${name}.test.ts`;
  const isNew = !CODES.includes(code);
  const codes = fileDeclaring(sources, "VALUE_CODES");
  const changes = new Map([[list, listed(textOf(sources, list), constant, relativePath(list, path))]]);
  if (isNew) {
    changes.set(codes, insertBefore(textOf(sources, codes), "] as const;", `  "${code}",\n`));
    for (const [page, text] of withSection(code, about(family.dialect), sources)) changes.set(page, text);
  }
  const grammar = { name, constant, code, path };
  const written = family.dialect === "quadlets" ? quadletText(grammar, words, sources) : grammarText(grammar, sources);
  return {
    files: new Map([
      [path, written],
      [test, testText(name, code, family.dialect, words)],
    ]),
    changes,
    visits: [
      {
        place: path,
        todo: `replace each ${OPEN} by what the routine does; slot() offers what may stand there${family.dialect === "quadlets" ? "" : "; single() is for one term, list() for words"}`,
        toldBy: `the compiler: a code without a rule; test/manifest/sources.test.ts for each ${OPEN} that is left; test/values/badInput.soak.ts: whatever is typed`,
      },
      { place: list, todo: "done", toldBy: "npm run check: an unused file" },
      ...(isNew
        ? [
            { place: codes, todo: "done", toldBy: "the compiler: the grammar's code is none" },
            pageVisit(code, "; the examples need a setting with the type"),
          ]
        : []),
      { place: test, todo: "what is right, what is wrong, and where", toldBy: "it fails as it is" },
      usedBy(name, family.dialect),
    ],
  };
}

/** The folder that most grammars of a list stand in. */
function folderOfGrammars(list: string, text: string): string {
  const count = new Map<string, number>();
  for (const [, folder = ""] of text.matchAll(/from "\.\/(\w+)\//g)) count.set(folder, (count.get(folder) ?? 0) + 1);
  const [most] = [...count].toSorted(([, a], [, b]) => b - a);
  if (!most) throw new Refusal(`${list} has no folder of grammars`);
  return `${list.slice(0, list.lastIndexOf("/"))}/${most[0]}`;
}

/** An object literal with one more entry at the end. */
function withEntry(text: string, entry: string): string {
  return withOneMore(text, Math.max(text.lastIndexOf("} as const satisfies"), text.lastIndexOf("} satisfies")), entry);
}

/** The list of a family with one more table of grammars: in a call of `joinTables()`, or in an object. */
function listed(text: string, constant: string, path: string): string {
  const opened = /joinTables\(|\): ConfigGrammars => \(\{|\breturn \{/.exec(text);
  if (!opened) throw new Refusal("nothing to add to");
  const at = opened.index + opened[0].length;
  const entry = opened[0].startsWith("join") ? `${constant},` : `...${constant},`;
  return withImport(`${text.slice(0, at)}${entry}${text.slice(at)}`, `import { ${constant} } from "${path}";`);
}

function withOneMore(text: string, at: number, entry: string): string {
  if (at < 0) throw new Refusal("nothing to add to");
  const before = text.slice(0, at).trimEnd();
  return `${before}${before.endsWith(",") ? "" : ","}\n${entry}\n${text.slice(at)}`;
}

/** A file that has the type, for the examples of a rule. */
const EXAMPLES = {
  units: [undefined, "[Service]\nExecStart=/bin/true\n", "systemd.directives(7)"],
  configs: [`${OPEN}.conf`, `[${OPEN}]\n`, "systemd.directives(7)"],
  quadlets: ["x.container", "[Container]\nImage=quay.io/a/b:1\n", "podman-systemd.unit(5)"],
} as const;

function about(dialect: Family["dialect"]): NewSection {
  const [path, text, page] = EXAMPLES[dialect];
  const shown = (line: string): Example => ({ ...(path === undefined ? {} : { path }), text: `${text}${line}\n` });
  return {
    text: {
      title: `${OPEN}: what is wrong, as a heading`,
      why: `${OPEN}: what may stand there, and what happens with anything else.`,
      page,
    },
    examples: { bad: shown(`${OPEN}=x`), good: shown(`${OPEN}=1`), silent: [] },
  };
}

interface GrammarFile {
  readonly name: string;
  readonly constant: string;
  readonly code: string;
  readonly path: string;
}

const grammarText = ({ name, constant, code, path }: GrammarFile, sources: Sources): string =>
  `${importsInto(sources, path, ["single", "type Grammar", "type Term", "issueAt", "noValue"])}
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

function quadletText({ name, constant, code, path }: GrammarFile, words: GrammarOptions["words"], sources: Sources) {
  const grammar = words
    ? `option("${words.map((it) => `\`${it}\``).join(", ")}", wordAmong(${JSON.stringify(Object.fromEntries(words.map((it) => [it, `${OPEN}: what it does.`])))}, "${OPEN}: what kind of word"))`
    : `option(FORM, (piece, into) => {
    into.token(piece.from, piece.to, "word");
    return piece.text === "" || /^\\d+$/.test(piece.text) ? undefined : issueAt(piece, "${code}", atStart(noValue(piece, FORM)));
  })`;
  const names = words
    ? ["type Grammar", "option", "wordAmong"]
    : ["type Grammar", "option", "atStart", "issueAt", "noValue"];
  return `${importsInto(sources, path, names)}
${words ? "" : `const FORM = "${OPEN}: a noun phrase";\n`}
/** ${OPEN}: what these values are, and what podman does with them. */
export const ${constant} = {
  ${name}: ${grammar},
} as const satisfies Record<string, Grammar>;
`;
}

function testText(
  name: string,
  code: string,
  dialect: Family["dialect"],
  [word = "1"]: readonly string[] = [],
): string {
  const [imported, type] =
    dialect === "configs"
      ? [`{ configType } from "../kit/configTypes.ts"`, `configType("${name}") ?? assert.fail()`]
      : [`{ valueType } from "../../server/src/values/valueTypes.ts"`, `valueType("${name}")`];
  return `import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import ${imported};

const unit = parseUnitName("x.service") ?? assert.fail();
const WHERE: Where = { version: 262, scope: "system", kind: "service", unit, certain: true };

/** What is wrong with a value, as \`code at from-to\`. */
const wrong = (value: string): string[] =>
  issuesOf(${type}, value, WHERE).map(({ code, from, to }) => \`\${code} at \${from}-\${to}\`);

describe("values: ${name}", () => {
  it("takes what ${dialect === "quadlets" ? "podman" : "systemd"} takes", () => {
    for (const value of ["${word}", "${OPEN}"]) assert.deepEqual(wrong(value), [], value);
  });

  it("says where it is wrong", () => {
    assert.deepEqual(wrong("x"), ["${code} at 0-1"]);
  });
});
`;
}
