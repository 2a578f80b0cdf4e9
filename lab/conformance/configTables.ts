import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConfigRow } from "../../server/src/catalog/configRow.ts";
import "../../server/src/dialects/dialects.ts";
import { CONFIG_KINDS, type ConfigKind } from "../../server/src/facts/configKinds.ts";
import { valueIn } from "../../server/src/facts/version.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";
import { collectedName } from "./configs.ts";
import datedByTables from "./datedByTables.json" with { type: "json" };
import { NOTHING, type Suite } from "./suite.ts";

/** What the parser tables of systemd and its manual say of a setting. */
interface Fact {
  readonly in: readonly string[];
  readonly parser: string;
  readonly since?: number;
  readonly disabled?: object;
  readonly 257?: { readonly parser: string };
}

type Facts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Fact>>>>>>;

/**
 * Settings of which the facts have the date of an older one, as both share an entry of the manual, or a section had another name.
 * These dates are those of the first program of systemd 245 to 262 that has the setting in the table that it looks it up in.
 */
const DATED_BY_TABLES: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> =
  datedByTables;

/** A section that systemd's parser table has, but not its list of sections, so that networkd says that it is unknown. */
const UNREAD: ReadonlySet<string> = new Set(["network IPoIB"]);

/** The tables have the settings of systemd's parser tables and no others, each with its routine, which has a grammar. */
export const configTables: Suite = {
  name: "configs tables",
  run(corpus, version) {
    const path = join(corpus, "..", "families", "facts", "directives.json");
    if (!existsSync(path)) return NOTHING;
    const facts = JSON.parse(readFileSync(path, "utf8")) as Facts;
    let total = 0;
    const differences: string[] = [];
    for (const kind of CONFIG_KINDS) {
      const theirs = factsOf(facts, kind);
      const ours = configFamilyOf(kind).description.table.sections;
      for (const section of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
        if (UNREAD.has(`${kind} ${section}`)) continue;
        for (const key of new Set([...Object.keys(theirs[section] ?? {}), ...Object.keys(ours[section] ?? {})])) {
          total++;
          const date = DATED_BY_TABLES[kind]?.[section]?.[key];
          const fact = theirs[section]?.[key];
          const trouble = troubleWith(
            kind,
            ours[section]?.[key],
            date && fact ? { ...fact, since: date } : fact,
            version,
          );
          if (trouble) differences.push(`${kind} [${section}] ${key}=: ${trouble}`);
        }
      }
    }
    return { agree: total - differences.length, total, differences };
  },
};

function factsOf(facts: Facts, kind: ConfigKind): Facts[string] {
  if (kind === "user.conf") return facts["system.conf"] ?? {};
  // The facts have the rules of oomd besides its configuration.
  const { Rule, ...rest } = facts["oomd.conf"] ?? {};
  if (kind === "oomrule") return Rule ? { Rule } : {};
  return kind === "oomd.conf" ? rest : (facts[collectedName(kind)] ?? {});
}

function troubleWith(
  kind: ConfigKind,
  row: ConfigRow | undefined,
  fact: Fact | undefined,
  version: number,
): string | undefined {
  if (row === undefined) return "is missing";
  if (!fact) return "is not systemd's";
  const { type, since = 0, until } = row;
  const name = typeof type === "string" ? type : valueIn(type, version);
  if (!fact.in.includes("257") && since < 258) return "is in no table of 257";
  if (fact.since !== undefined && fact.since < 258 && fact.in.includes("257") && since !== fact.since)
    return `is there since ${fact.since}`;
  const its = configFamilyOf(kind).description.types(`config/${name}`);
  if (!its) return `has no grammar for ${name}`;
  // Some routines have another name in 262, and do the same.
  const routines = [fact.parser, ...(fact[257] ? [fact[257].parser] : [])];
  const isOfRoutine = routines.some((it) => it === its.routine || camelCase(it) === name.split(":")[0]);
  return until !== undefined || isOfRoutine ? undefined : `is read by ${fact.parser}, not ${its.routine}`;
}

const camelCase = (routine: string): string =>
  routine.replace("config_parse_", "").replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
