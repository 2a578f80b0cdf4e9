import { directive } from "../../server/src/catalog/catalog.ts";
import { CODES } from "../../server/src/rules/codes.ts";
import { camelCase, OPEN, type Plan, Refusal, type Sources, textOf, withImport } from "./plan.ts";

/** The rules that units need, and those for other files. */
const LISTS = ["server/src/rules/unitRules.ts", "server/src/rules/allRules.ts"] as const;

interface RuleOptions {
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
    throw new Refusal("a rule of value/ explains what a grammar finds: npm run new -- value NAME --code value/…");
  const known = directive(section, name);
  if (!known) throw new Refusal(`[${section}] has no ${name}=`);
  const path = `server/src/rules/${family}/${camelCase(own)}.ts`;
  const place = LISTS.find((it) => namesOf(textOf(sources, it), family).length > 0);
  if (!place)
    throw new Refusal(
      `rules/${family}/ has no rule yet: a new family stands in FAMILIES of rules/codes.ts, its first rule is listed by hand`,
    );
  return {
    files: new Map([[path, ruleText(code, `${known.page ?? "systemd.directives"}(${known.page ? 5 : 7})`, options)]]),
    changes: new Map([[place, listed(textOf(sources, place), family, camelCase(own))]]),
    visits: [
      {
        place: path,
        todo: `replace each ${OPEN}; say what follows from the mistake; a near miss in silent; safe: true only where the unit means the same afterwards`,
        toldBy: `test/manifest/sources.test.ts for each ${OPEN} that is left; test/rules/rules.test.ts runs the examples and the fix`,
      },
      {
        place,
        todo: "done; in alsoInDropIns([…]) instead if the rule looks at what the whole unit says",
        toldBy: "npm run check: an unused file; test/rules/rules.test.ts: the order of families",
      },
      { place: "docs/rules", todo: "npm run docs", toldBy: "test/rules/docs.test.ts" },
      {
        place: "reports/corpus-findings.md",
        todo: "npm run corpus-findings, where the corpus is; read what the rule finds in units of distributions",
        toldBy: "npm run conformance",
      },
    ],
  };
}

/** The rules of a family that a list imports. */
function namesOf(list: string, family: string): readonly string[] {
  const imported = [...list.matchAll(/^import \{ (\w+) \} from "\.\/(\w+)[/.]/gm)];
  return imported.flatMap(([, name, folder]) => (name !== undefined && folder === family ? [name] : []));
}

/** The list with the rule after the last one of its family. */
function listed(list: string, family: string, name: string): string {
  const rules = namesOf(list, family);
  const lines = list.split("\n");
  const last = lines.findLastIndex((line) => rules.some((it) => new RegExp(`^ .*\\b${it}\\b`).test(line)));
  lines.splice(last + 1, 0, `  ${name},`);
  return withImport(lines.join("\n"), `import { ${name} } from "./${family}/${name}.ts";`);
}

function ruleText(code: string, page: string, { section, directive: name, bad, good }: RuleOptions): string {
  const own = camelCase(code.slice(code.indexOf("/") + 1));
  return `import { assignmentsOf } from "../../units/unit.ts";
import type { Rule } from "../../findings/rule.ts";

/** Follows ${OPEN}: the routine of systemd and its versions. */
export const ${own}: Rule = {
  code: "${code}",
  title: "${OPEN}: what is wrong, as a heading",
  why: "${OPEN}: what systemd does then and what follows from it.",
  page: "${page}",
  bad: ${example(section, `${name}=${bad}`)},
  good: ${example(section, `${name}=${good}`)},
  silent: [${example(section, `# ${name}=${bad}`)}],
  *check(unit) {
    for (const node of assignmentsOf(unit, "${section}", "${name}")) {
      if (node.text !== ${JSON.stringify(bad)}) continue;
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: \`${name}=\${node.text} ${OPEN}: what systemd does with it\`,
        directive: "${name}",
        fixes: [
          {
            title: ${JSON.stringify(`Change to ${good}`)},
            safe: false,
            edits: () => [{ ...node.valueSpan, newText: ${JSON.stringify(good)} }],
          },
        ],
      };
    }
  },
};
`;
}

/** A unit with the line that is right in all else. */
function example(section: string, line: string): string {
  const command = "[Service]\nExecStart=/bin/true\n";
  const [path, text] =
    section === "Service"
      ? [undefined, `${command}${line}\n`]
      : section === "Unit" || section === "Install"
        ? [undefined, section === "Unit" ? `[Unit]\n${line}\n${command}` : `${command}[Install]\n${line}\n`]
        : [`x.${section.toLowerCase()}`, `[${section}]\n${line}\n`];
  return `{ ${path ? `path: "${path}", ` : ""}text: ${JSON.stringify(text)} }`;
}
