import { directive, grammarIn } from "../../catalog/catalog.ts";
import { isSectionName } from "../../catalog/sections.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import { parseBoolean } from "../../values/boolean.ts";

/** A text as Nix writes it, between double quotes. */
export function nixString(value: string): string {
  const escaped = value
    .replace(/["\\]/g, "\\$&")
    .replace(/\$(?=\{)/g, "\\$")
    .replace(/\t/g, "\\t");
  return `"${escaped.replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
}

/** A value of a directive as Nix writes it: switches and numbers without quotes. */
export function nixValue(section: string, key: string, value: string, version: SystemdVersion): string {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(value)) return value;
  const row = isSectionName(section) ? directive(section, key) : undefined;
  const isWord = row && grammarIn(row, version).kind === "enumeration";
  const known = isWord ? parseBoolean(value) : undefined;
  return known === undefined ? nixString(value) : String(known);
}

/** What stands inside a text of either kind of quotes. */
export const nixInside = (value: string, indented: boolean): string =>
  indented ? value.replaceAll("''", "'''").replace(/\$(?=\{)/g, "''$") : nixString(value).slice(1, -1);

/** The name of an attribute as Nix writes it. */
export const nixAttribute = (name: string): string => (/^[A-Za-z_][\w'-]*$/.test(name) ? name : nixString(name));
