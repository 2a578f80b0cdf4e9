import { parseTree } from "jsonc-parser";
import { NEWEST_PODMAN } from "../../server/src/facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import "../../server/src/dialects/dialects.ts";
import { configFamilies } from "../../server/src/families/configFamilies.ts";
import { QUADLETS } from "../../server/src/values/grammars/quadletGrammars.ts";
import { propertiesOf, withLast } from "./json.ts";
import { type Plan, Refusal, type Sources, textOf } from "./plan.ts";

interface SettingOptions {
  /** The value type. */
  readonly type: string;
  /** The version of systemd, or of podman for a key of a quadlet. */
  readonly since: number;
  /** How podman's generator reads the key of a quadlet. */
  readonly read?: string;
  /** The option of podman that a key becomes. */
  readonly option?: string;
  /** One sentence in the third person. */
  readonly summary: string;
}

/** A setting of a configuration file or a key of a quadlet, `journald/Journal/Storage` or `quadlets/Container/Image`: one row of data. */
export function newSetting(name: string, options: SettingOptions, sources: Sources): Plan {
  const { type, since, read, option, summary } = options;
  const [table = "", section = "", key = ""] = name.split("/");
  if (!/^[A-Z]\w*$/.test(key)) throw new Refusal(`a setting is named like journald/Journal/Storage, not ${name}`);
  const isQuadlet = table === "quadlets";
  const newest = isQuadlet ? NEWEST_PODMAN : NEWEST_VERSION;
  if (
    isQuadlet ? !Object.hasOwn(QUADLETS, type) : !configFamilies().some((it) => it.description.types(`config/${type}`))
  )
    throw new Refusal(`there is no value type ${type}: npm run new -- type ${type}`);
  if (since > newest) throw new Refusal(`version ${since} is not covered yet, ${newest} is the newest`);
  if (isQuadlet && read === undefined) throw new Refusal("--read is missing: how the generator reads the key");
  const path = isQuadlet ? "data/quadlets.json" : `data/configs/${table}.json`;
  const row = `,\n      ${JSON.stringify(key)}: ${onOneLine({ type, since, read, option, summary })}`;
  return {
    files: new Map(),
    changes: new Map([[path, withRow(textOf(sources, path), { path, section, key, row })]]),
    visits: [
      {
        place: path,
        todo: "since, until and words by version, as the rows next to it have them",
        toldBy: `npm run conformance -- --only ${isQuadlet ? "quadlet" : `"configs tables"`}, with the facts next to the project`,
      },
      {
        place: "docs",
        todo: "npm run docs writes the page of settings",
        toldBy: "test/rules/docs.test.ts",
      },
      {
        place: isQuadlet ? "server/src/dialects/quadlets/generator" : "the rules of its folder in server/src/dialects",
        todo: isQuadlet
          ? "what the generator makes of it, where that is more than its option"
          : "a rule, where the program refuses it together with another setting",
        toldBy: "npm run conformance, with a corpus of that version",
      },
    ],
  };
}

/** An object as the tables have it: a line that is read at once. */
function onOneLine(row: object): string {
  const parts = Object.entries(row).flatMap(([name, value]) =>
    value === undefined ? [] : [`${JSON.stringify(name)}: ${JSON.stringify(value)}`],
  );
  return `{ ${parts.join(", ")} }`;
}

function withRow(
  text: string,
  {
    path,
    section,
    key,
    row,
  }: { readonly path: string; readonly section: string; readonly key: string; readonly row: string },
): string {
  const sections = propertiesOf(parseTree(text)).get("sections");
  const rows = propertiesOf(sections).get(section);
  if (!rows) throw new Refusal(`${path} has no [${section}]: ${[...propertiesOf(sections).keys()].join(", ")}`);
  if (propertiesOf(rows).has(key)) throw new Refusal(`[${section}] has ${key}= already`);
  return withLast(text, rows, row);
}
