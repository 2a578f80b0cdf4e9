import type { ConfigRow } from "./configRow.ts";

/** The settings of a kind of file by their sections. */
type Sections = Readonly<Record<string, Readonly<Record<string, ConfigRow>>>>;

/**
 * A table as the bundle has it: a line for each setting with its name, type, version, anchor and summary, and what is special
 * about it as JSON, below a line in brackets for its section. `^` is the anchor of the line before.
 */
export function writeRows(sections: Sections): string {
  const lines: string[] = [];
  let last = "";
  for (const [section, rows] of Object.entries(sections)) {
    lines.push(`[${section}`);
    for (const [name, { type, since, anchor, summary, ...rest }] of Object.entries(rows)) {
      const own = anchor ?? `${name}=`;
      const fields = [
        name,
        typeof type === "string" ? type : JSON.stringify(type),
        since === undefined ? "" : `${since}`,
        anchor === undefined ? "" : own === last ? "^" : own,
        summary,
        Object.keys(rest).length > 0 ? JSON.stringify(rest) : "",
      ];
      last = own;
      lines.push(fields.join("\t").trimEnd());
    }
  }
  return lines.join("\n");
}

/** Reads such a text. */
export function readRows(text: string): Sections {
  const sections: Record<string, Record<string, ConfigRow>> = {};
  let rows: Record<string, ConfigRow> = {};
  let last = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("[")) {
      rows = sections[line.slice(1)] = {};
      continue;
    }
    const [name = "", type = "", since = "", anchor = "", summary = "", rest = ""] = line.split("\t");
    const own = anchor === "" ? `${name}=` : anchor === "^" ? last : anchor;
    last = own;
    rows[name] = {
      type: type.startsWith("{") ? JSON.parse(type) : type,
      ...(since && { since: Number(since) }),
      ...(anchor && { anchor: own }),
      summary,
      ...(rest && JSON.parse(rest)),
    };
  }
  return sections;
}
