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

/** A row of the parser tables of 239 to 262, in all of them together. */
interface HistoryRow {
  readonly section: string;
  readonly key: string;
  /** Null for what 239 has already. */
  readonly since: number | null;
  /** The last release that has it; null where the newest does. */
  readonly until: number | null;
  /** Says what is not sure. */
  readonly since_note?: string;
  readonly man_since?: number;
  readonly parsers: readonly { readonly since: number; readonly parser: string | null; readonly ltype: string }[];
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
  /** The release that brought it; of what is older than the tables the one that the manual names, if it names one. */
  readonly since?: number;
  /** The release that did not have it any more; then nothing but its name, sections and parsers is known. */
  readonly gone?: number;
  /** The parsers before the one of today, each as `SINCE name`, where 0 stands for the oldest tables. */
  readonly was?: string;
  /** The release since which it is ignored with a message; 0 where the oldest tables say so. */
  readonly ignoredSince?: number;
  readonly scope?: "system" | "private-users";
}

/** The text of data/facts/unit-directives.json, one row a line: names and numbers that the catalog is checked against. */
export function unitDirectives(facts: string): string {
  const { directives } = JSON.parse(readFileSync(join(facts, "directives.json"), "utf8")) as {
    directives: readonly SourceRow[];
  };
  const { rows: history } = JSON.parse(readFileSync(join(facts, "versions", "since.json"), "utf8")) as {
    rows: readonly HistoryRow[];
  };
  const past = new Map(history.map((it) => [`${it.section}.${it.key}`, it]));
  const sections = new Map<string, string[]>();
  const add = (section: string, name: string, about: object): void => {
    const key = JSON.stringify({ name, sections: "", ...about });
    sections.set(key, [...(sections.get(key) ?? []), section]);
  };
  for (const row of directives.filter((it) => it.family === "unit")) {
    const condition = past.get(`${row.section}.${row.name.replace(/^Assert/, "Condition")}`);
    add(row.section, row.name, { ...factsOf(row), ...historyOf(past.get(`${row.section}.${row.name}`), condition) });
  }
  for (const it of history.filter(({ until }) => until !== null))
    add(it.section, it.key, { ...historyOf(it), gone: (it.until ?? 0) + 1 });
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
    ...(row.scope ? { scope: row.scope.startsWith("system only") ? "system" : "private-users" } : {}),
  };
}

const OLDEST = 239;

/** What the tables say of other versions; where they leave open when an assertion came, it came with its condition. */
function historyOf(row: HistoryRow | undefined, condition?: HistoryRow): Partial<DirectiveFacts> {
  if (!row) return {};
  const early = row.man_since !== undefined && row.man_since <= OLDEST ? row.man_since : undefined;
  const open = row.since_note?.includes(" or ") && row.since !== null;
  const since = (open ? condition?.since : row.since) ?? early;
  const all = row.parsers.filter(({ parser }) => parser);
  const ignored = all.find(({ ltype }) => ltype === "DISABLED_LEGACY");
  const was = all
    .filter((it, i) => it !== ignored && (row.until !== null || (all[i + 1] && all[i + 1]?.parser !== it.parser)))
    .map((it) => `${it.since === OLDEST ? 0 : it.since} ${parserName(it.parser ?? "")}`);
  return {
    ...(since ? { since } : {}),
    ...(was.length > 0 ? { was: was.join(", ") } : {}),
    ...(ignored ? { ignoredSince: ignored.since === OLDEST ? 0 : ignored.since } : {}),
  };
}

function parserName(routine: string): string {
  return routine.replace("config_parse_", "");
}
