import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { camelCase, OPEN, type Plan, Refusal, type Sources, snakeCase, textOf } from "./plan.ts";

/** A kind of file that stands wherever one of its sort has to; the new one stands next to it. */
const MODEL = "pstore";
const MODEL_CONSTANT = "PSTORE_CONF";

const PAGE = "docs/configuration-files.md";
const EVERY = "test/features/everySetting.test.ts";

interface KindOptions {
  readonly section: string;
  /** The first setting, its value type, and the version of systemd that brought it. */
  readonly directive: string;
  readonly type: string;
  readonly since: number;
  /** The program that reads it. */
  readonly reader: string;
  /** What the section is about. */
  readonly summary: string;
}

/** A whole kind of file: the configuration of a program in `/etc/systemd`, with drop-ins, completion, hover and all checks of names and values. */
export function newKind(kind: string, options: KindOptions, sources: Sources): Plan {
  const { section, directive, type, since } = options;
  const stem = /^([a-z]+(?:-[a-z]+)*)\.conf$/.exec(kind)?.[1];
  if (stem === undefined) throw new Refusal(`a kind is named like ${MODEL}.conf, not ${kind}`);
  if (since > NEWEST_VERSION) throw new Refusal(`version ${since} is not covered yet, ${NEWEST_VERSION} is the newest`);
  const table = `data/configs/${camelCase(stem)}.json`;
  if (sources.read(table) !== undefined) throw new Refusal(`there is a kind ${kind} already`);
  const row = { type, since, summary: OPEN };
  const paths = [...sources.list("server/src"), EVERY];
  const changes = new Map([PAGE, ...paths].flatMap((it) => changed(it, textOf(sources, it), stem, options)));
  return {
    files: new Map([[table, `${JSON.stringify({ sections: { [section]: { [directive]: row } } }, undefined, 2)}\n`]]),
    changes,
    visits: [
      {
        place: table,
        todo: "its settings in the order of systemd's table: npm run new -- setting; the sentence of the first one",
        toldBy: `test/catalog/catalog.test.ts: a summary that is no sentence; npm run conformance -- --only "configs tables"`,
      },
      ...[...changes.keys()].map((place) => ({ place, todo: "done", toldBy: TELLERS[place] ?? "the compiler" })),
    ],
  };
}

const TELLERS: Readonly<Record<string, string>> = {
  [PAGE]: `${EVERY}: a kind that the page of configuration files does not name`,
  [EVERY]: `${EVERY}: a kind without a file`,
};

/** A file with the new kind next to the one that it is like; nothing where that one does not stand. */
function changed(
  path: string,
  text: string,
  stem: string,
  options: KindOptions,
): readonly (readonly [string, string])[] {
  const renamed = (it: string): string => renamedAs(it, stem, options);
  const described = text.replace(
    /^\/\*\*.*\*\/\nexport const PSTORE_CONF = [\s\S]*?^\}\)\);\n/m,
    (it) => `${it}\n${renamed(it)}`,
  );
  const names =
    path === PAGE || path === EVERY ? described.replace(LISTED, (it) => `${it}, ${renamed(it)}`) : described;
  const now = names.replace(LINE, (line) => `${line}${renamed(line)}`);
  return now === text ? [] : [[path, now]];
}

/** How the model stands in a list on one line: of names in code, or of files on a page. */
const LISTED = /"pstore"|`pstore\.conf`/;

/** A line of its own about the model: an import, an entry of a list or of a table. */
const LINE = /^(?:import pstore from .*|[ ]+(?:"pstore\.conf"(?:: \w+)?|PSTORE_CONF),)\n/gm;

const renamedAs = (text: string, stem: string, { section, reader, summary }: KindOptions): string =>
  text
    .replaceAll(MODEL_CONSTANT, `${snakeCase(camelCase(stem)).toUpperCase()}_CONF`)
    .replace(/PStore: ".*"/, `${section}: ${JSON.stringify(summary)}`)
    .replaceAll("PStore", section)
    .replaceAll(`systemd-${MODEL}`, reader)
    .replace(/\bpstore(?=\.conf|"(?!:))/g, stem)
    .replace(/\bpstore\b/g, camelCase(stem));
