import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of systemd's parser tables of 257 and 262, with what the manual says about it. */
interface SourceRow {
  readonly family: string;
  readonly section: string;
  readonly name: string;
  readonly in: readonly string[];
  readonly parser: string | null;
  readonly parser_257?: string;
  readonly disabled?: Readonly<Record<string, string>>;
  readonly man?: string;
  readonly anchor?: string;
  readonly since?: number;
  readonly scope?: string;
}

/** The same for all sections that share it. What is missing is as usual: in both versions, its own entry, no scope. */
export interface DirectiveFacts {
  readonly name: string;
  /** Separated by spaces. */
  readonly sections: string;
  /** The versions that read it, where not both. */
  readonly in?: readonly number[];
  /** Without `config_parse_`; missing in [Install], which no parser table has. */
  readonly parser?: string;
  /** The parser of 257, where another. */
  readonly parser257?: string;
  /** The versions that read it and ignore it. */
  readonly ignoredIn?: readonly number[];
  /** The manual page that has an entry. */
  readonly page?: string;
  /** The id of the entry, where not `Name=`. */
  readonly anchor?: string;
  readonly since?: number;
  readonly scope?: "system" | "private-users";
}

/** The text of data/facts/unit-directives.json, one row a line: names and numbers that the catalog is checked against. */
export function unitDirectives(facts: string): string {
  const { directives } = JSON.parse(readFileSync(join(facts, "directives.json"), "utf8")) as {
    directives: readonly SourceRow[];
  };
  const sections = new Map<string, string[]>();
  for (const row of directives.filter((it) => it.family === "unit")) {
    const key = JSON.stringify({ name: row.name, sections: "", ...factsOf(row) });
    sections.set(key, [...(sections.get(key) ?? []), row.section]);
  }
  const rows = [...sections].map(([key, in_]) => key.replace('"sections":""', `"sections":"${in_.join(" ")}"`));
  return `[\n${rows.sort().join(",\n")}\n]\n`;
}

function factsOf(row: SourceRow): Omit<DirectiveFacts, "name" | "sections"> {
  const ignored = Object.entries(row.disabled ?? {}).filter(([, why]) => why.includes("LEGACY"));
  return {
    ...(row.in.length === 2 ? {} : { in: row.in.map(Number) }),
    ...(row.parser ? { parser: parserName(row.parser) } : {}),
    ...(row.parser_257 ? { parser257: parserName(row.parser_257) } : {}),
    ...(ignored.length > 0 ? { ignoredIn: ignored.map(([version]) => Number(version)) } : {}),
    ...(row.man ? { page: row.man } : {}),
    ...(row.anchor && row.anchor !== `${row.name}=` ? { anchor: row.anchor } : {}),
    ...(row.since ? { since: row.since } : {}),
    ...(row.scope ? { scope: row.scope.startsWith("system only") ? "system" : "private-users" } : {}),
  };
}

function parserName(routine: string): string {
  return routine.replace("config_parse_", "");
}
