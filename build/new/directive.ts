import { directive, directivesIn } from "../../server/src/catalog/catalog.ts";
import { isSectionName } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import { insertBefore, OPEN, type Plan, Refusal, type Sources, textOf } from "./plan.ts";

const TABLES = "server/src/catalog/tables";

interface DirectiveOptions {
  readonly section: string;
  /** The value type; `bool` is yes or no. */
  readonly type: string;
  readonly since: number;
  /** As `systemd.exec(5)`. */
  readonly page: string;
  /** The table, where a page has several. */
  readonly table?: string;
}

/** A row of the catalog. */
export function newDirective(name: string, options: DirectiveOptions, sources: Sources): Plan {
  const { section, type, since, page } = options;
  if (!/^[A-Z]\w*$/.test(name)) throw new Refusal(`a directive is named like ProtectHome, not ${name}`);
  if (!isSectionName(section) || !directivesIn(section, NEWEST_VERSION).some((it) => `${it.page}(5)` === page))
    throw new Refusal(`[${section}] has no directives of ${page}`);
  if (directive(section, name)) throw new Refusal(`[${section}] has ${name}= already`);
  if (!Object.hasOwn(UNIT_TYPES, type))
    throw new Refusal(`there is no value type ${type}: npm run new -- type ${type}`);
  if (since > NEWEST_VERSION) throw new Refusal(`systemd ${since} is not covered yet: npm run new -- version ${since}`);
  const table = tableFor(options, sources);
  const row = `  ${name}: {\n    summary: "${OPEN}",\n    type: "${type}",\n    since: ${since},\n  },\n`;
  return {
    files: new Map(),
    changes: new Map([[table, insertBefore(textOf(sources, table), "} as const satisfies DirectiveRows;", row)]]),
    visits: [
      {
        place: table,
        todo: "the summary: one sentence in the third person, in your own words; default, many, scope and anchor, where the manual says so",
        toldBy: `test/catalog/catalog.test.ts: a summary that is no sentence; test/catalog/facts.test.ts: version, page, entry and scope, where the facts have the version`,
      },
      {
        place: "data/facts/unit-directives.json",
        todo: `only where the facts cover systemd ${since}: npm run extracts, with the facts next to the project`,
        toldBy: "test/catalog/facts.test.ts: a row more or less than systemd has",
      },
      {
        place: "server/src/catalog/interplay.ts",
        todo: "what it brings along or where it does not reach, if that is not in its name",
        toldBy: "nothing",
      },
      {
        place: "server/src/security",
        todo: "assign/ and checks/ where systemd-analyze security counts it; world/tables.ts where it changes what the service sees of the file system",
        toldBy: "npm run conformance, with a corpus of that version",
      },
    ],
  };
}

/** The one table of the page and section, or the one that is named. */
function tableFor({ section, page, table }: DirectiveOptions, sources: Sources): string {
  const tables = sources.list(TABLES).flatMap((path) => {
    const about = /\/\*\* (.*) \*\/\nexport const/.exec(textOf(sources, path))?.[1] ?? "";
    const own = /^\[(\w+)\]/.exec(about)?.[1];
    return about.includes(page) && (own === undefined || own === section) ? [{ path, about }] : [];
  });
  const fitting = table === undefined ? tables : tables.filter(({ path }) => path.endsWith(`/${table}.ts`));
  const [only] = fitting;
  if (only && fitting.length === 1) return only.path;
  throw new Refusal(
    `which table? --table NAME, one of\n${tables.map((it) => `  ${it.path.replace(/^.*\/(.*)\.ts$/, "$1")}: ${it.about}`).join("\n")}`,
  );
}
