import { posix } from "node:path";
import { type Directive, directive } from "../../server/src/catalog/catalog.ts";
import { recognize } from "../../server/src/families/families.ts";
import type { Example, RuleExamples } from "../../server/src/findings/ruleTexts.ts";
import { CODES } from "../../server/src/rules/codes.ts";
import {
  camelCase,
  importsInto,
  OPEN,
  type Plan,
  Refusal,
  relativePath,
  type Sources,
  textOf,
  withImport,
} from "./plan.ts";
import { pageVisit, withSection } from "./rulePage.ts";

/** The rules that units need, and those for other files. */
const LISTS = [
  "server/src/rules/unitRules.ts",
  "server/src/rules/allRules.ts",
  "server/src/dialects/daemons/daemonRules.ts",
  "server/src/dialects/quadlets/quadletRules.ts",
  "server/src/dialects/network/networkRules.ts",
  "server/src/dialects/nspawn/nspawnRules.ts",
  "server/src/dialects/images/imageRules.ts",
] as const;

interface RuleOptions {
  /** The path of a file that it is about, such as `/etc/systemd/network/10-x.network`; a unit where missing. */
  readonly file?: string;
  readonly section: string;
  readonly directive: string;
  /** The value that the rule finds wrong. */
  readonly bad: string;
  readonly good: string;
}

/** A rule about one value of a directive, whole and at work, to be made into the one that is meant. */
export function newRule(code: string, options: RuleOptions, sources: Sources): Plan {
  const { section, directive: name } = options;
  const [, family = "", own = ""] = /^([a-z]+)\/([a-z]+(?:-[a-z]+)*)$/.exec(code) ?? [];
  if (own === "") throw new Refusal(`a rule is named family/name-of-it, not ${code}`);
  if (CODES.includes(code)) throw new Refusal(`there is a rule ${code} already`);
  if (family === "value")
    throw new Refusal("a rule of value/ explains what a grammar finds: npm run new -- type NAME --code value/…");
  const known = knownIn(section, name, family, options.file);
  const place = LISTS.find((it) => rulesOf(textOf(sources, it), it, family).length > 0);
  const listedRules = place === undefined ? [] : rulesOf(textOf(sources, place), place, family);
  const [first] = listedRules.toSorted((a, b) => a.folder.length - b.folder.length);
  if (!place || !first)
    throw new Refusal(
      `rules/${family}/ has no rule yet: a new family stands in FAMILIES of rules/codes.ts, its first rule is listed by hand`,
    );
  const path = `${first.folder}/${camelCase(own)}.ts`;
  const page = `${known.page ?? "systemd.directives"}(${known.page ? 5 : 7})`;
  const head = { own: camelCase(own), code, path };
  return {
    files: new Map([
      [
        path,
        options.file === undefined ? unitRule(head, options, sources) : lineRule(head, options, options.file, sources),
      ],
    ]),
    changes: new Map([
      [place, listed(textOf(sources, place), listedRules, camelCase(own), relativePath(place, path))],
      ...withSection(code, { text: { ...TEXT, page }, examples: examplesOf(options) }, sources),
    ]),
    visits: [
      {
        place: path,
        todo: `replace each ${OPEN}; safe: true only where the unit means the same afterwards`,
        toldBy: `test/manifest/sources.test.ts for each ${OPEN} that is left`,
      },
      pageVisit(code, ", with a near miss among what is not reported"),
      {
        place,
        todo: "done; in alsoInDropIns([…]) instead if the rule looks at what the whole unit says",
        toldBy: "npm run check: an unused file; test/rules/rules.test.ts: the order of families",
      },
      {
        place: "reports/corpus-findings.md",
        todo: "npm run corpus-findings, where the corpus is; read what the rule finds in units of distributions",
        toldBy: "npm run conformance",
      },
    ],
  };
}

/** A rule, or several, of a family that a list imports, with the folder of their files. */
interface ListedRule {
  readonly name: string;
  readonly folder: string;
}

/** The rules of a family that a list imports. */
function rulesOf(list: string, path: string, family: string): readonly ListedRule[] {
  const own = new RegExp(`/${family}s?(?:/|\\.ts$)`);
  return [...list.matchAll(/^import \{ (\w+) \} from "(\.[^"]+)";/gm)].flatMap(([, name = "", from = ""]) => {
    const folder = from.endsWith(`/${family}.ts`) ? from.slice(0, -".ts".length) : posix.dirname(from);
    const isOfDialect = new RegExp(`/dialects/${family}s?/`).test(path);
    return own.test(from) || (isOfDialect && from.startsWith("./rules/"))
      ? [{ name, folder: posix.join(posix.dirname(path), folder) }]
      : [];
  });
}

/** The list with the rule after the last one of its family. */
function listed(list: string, rules: readonly ListedRule[], name: string, from: string): string {
  if (new RegExp(`^import .*\\b${name}\\b`, "m").test(list)) throw new Refusal(`a rule is called ${name} already`);
  const lines = list.split("\n");
  const last = lines.findLastIndex((line) => rules.some((it) => new RegExp(`^ .*\\b${it.name}\\b`).test(line)));
  if (last >= 0) lines.splice(last + 1, 0, `  ${name},`);
  const longer = last >= 0 ? lines.join("\n") : list.replace(/\];\s*$/, `, ${name}];\n`);
  return withImport(longer, `import { ${name} } from "${from}";`);
}

/** What the catalog says of the setting; a file of another dialect than units has rules of some families. */
function knownIn(section: string, name: string, family: string, file: string | undefined): Directive {
  const content = file === undefined ? undefined : recognize(file)?.family.content;
  if (file !== undefined && !content) throw new Refusal(`${file} is no file that is checked`);
  if (content && !content.rules.includes(family))
    throw new Refusal(`${file} is judged by rules of ${content.rules.join(", ")}, not of ${family}`);
  const known = content ? content.directive(section, name) : directive(section, name);
  if (!known) throw new Refusal(`[${section}] has no ${name}=`);
  return known;
}

interface RuleHead {
  readonly own: string;
  readonly code: string;
  readonly path: string;
}

/** What the page of the rule says until somebody knows more. */
const TEXT = {
  title: `${OPEN}: what is wrong, as a heading`,
  why: `${OPEN}: what happens then and what follows from it.`,
} as const;

const opened = ({ own, code }: RuleHead, type: string): string => `
/** Follows ${OPEN}: the routine that reads it and its versions. */
export const ${own}: ${type} = {
  code: "${code}",
`;

const found = ({ directive: name, good }: RuleOptions): string => `yield {
        ...node.valueSpan,
        severity: "warning",
        message: \`${name}=\${node.text} ${OPEN}: what follows from it\`,
        directive: "${name}",
        fixes: [
          {
            title: ${JSON.stringify(`Change to ${good}`)},
            safe: false,
            edits: () => [{ ...node.valueSpan, newText: ${JSON.stringify(good)} }],
          },
        ],
      };`;

function unitRule(head: RuleHead, options: RuleOptions, sources: Sources): string {
  const { section, directive: name, bad } = options;
  return `${importsInto(sources, head.path, ["assignmentsOf", "type Rule"])}${opened(head, "Rule")}  *check(unit) {
    for (const node of assignmentsOf(unit, "${section}", "${name}")) {
      if (node.text !== ${JSON.stringify(bad)}) continue;
      ${found(options)}
    }
  },
};
`;
}

/** A rule about a line of a file that is no unit: each is judged once for as long as it is not touched. */
function lineRule(head: RuleHead, options: RuleOptions, file: string, sources: Sources): string {
  const { section, directive: name, bad } = options;
  const kind = recognize(file)?.kind;
  return `${importsInto(sources, head.path, ["type LineRule"])}${opened(head, "LineRule")}  *line({ section, node }, unit) {
    if (unit.path.kind !== "${kind}" || section.name !== "${section}" || node.key !== "${name}") return;
    if (node.text === ${JSON.stringify(bad)})
      ${found(options)}
  },
};
`;
}

const CONTAINER = "[Container]\nImage=quay.io/a/b:1\n";

/** A file with the bad line, with the good one, and with the bad one as a comment. */
function examplesOf({ file, section, directive: name, bad, good }: RuleOptions): RuleExamples {
  const shown = (line: string): Example =>
    file === undefined
      ? unitExample(section, line)
      : { path: file, text: `${section === "Container" ? CONTAINER : `[${section}]\n`}${line}\n` };
  return { bad: shown(`${name}=${bad}`), good: shown(`${name}=${good}`), silent: [shown(`# ${name}=${bad}`)] };
}

/** A unit with the line that is right in all else. */
function unitExample(section: string, line: string): Example {
  const command = "[Service]\nExecStart=/bin/true\n";
  if (section === "Service") return { text: `${command}${line}\n` };
  if (section === "Unit") return { text: `[Unit]\n${line}\n${command}` };
  if (section === "Install") return { text: `${command}[Install]\n${line}\n` };
  return { path: `x.${section.toLowerCase()}`, text: `[${section}]\n${line}\n` };
}
