import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { holdsIn, type Lifetime } from "../../../facts/version.ts";
import type { Conversion, PodmanCommand } from "./conversion.ts";
import { storageSource } from "./links.ts";
import { noteMistakes } from "./options.ts";
import type { SourceItem } from "./sources.ts";

/** The types of mounts whose source is looked at, and since when. */
const WITH_SOURCE: Readonly<Record<string, Lifetime>> = {
  bind: {},
  volume: {},
  glob: {},
  image: { since: 5.3 },
  artifact: { since: 5.7 },
};

/** Mount=: each with its source made absolute, or that of a quadlet. */
export function addMounts(conversion: Conversion, command: PodmanCommand): void {
  noteMistakes(conversion, "Mount", "args");
  for (const it of conversion.own.args("Mount")) {
    const mount = mountText(conversion, it);
    if (mount !== undefined) command.take(it.origin, "--mount", mount);
  }
}

function mountText(conversion: Conversion, { text, origin }: SourceItem): string | undefined {
  const { version, refuse } = conversion;
  const fields = csvFields(text);
  const typeAt = fields?.findIndex((it) => it.startsWith("type=")) ?? -1;
  if (!fields || (typeAt < 0 && !podmanDoes(version, "guesses types of mounts"))) {
    refuse("mount-format", text, origin);
    return undefined;
  }
  const type = fields[typeAt]?.slice(5) ?? "volume";
  const life = Object.hasOwn(WITH_SOURCE, type) ? WITH_SOURCE[type] : undefined;
  if (!life || !holdsIn(life, version)) return text;
  const others = fields.filter((_, i) => i !== typeAt);
  const isSource = (field: string): boolean => /^(?:src|source)(?:=|$)/.test(field);
  const bare = others.find((it) => isSource(it) && !it.includes("="));
  if (bare !== undefined) {
    refuse("mount-source-value", bare, origin);
    return undefined;
  }
  const at = others.findLastIndex(isSource);
  const source = at < 0 ? "" : (others[at] ?? "").replace(/^\w+=/, "");
  if (source === "") {
    if (type !== "volume" || !podmanDoes(version, "mounts without source")) {
      refuse(podmanDoes(version, "guesses types of mounts") ? "mount-source" : "crash", text, origin);
      return undefined;
    }
  } else {
    const from = storageSource(conversion, { text: source, origin }, true);
    if (from === undefined) return undefined;
    others[at] = `source=${from}`;
  }
  return [`type=${type}`, ...others].map(csvField).join(",");
}

/** The fields of a line of comma-separated values; undefined where the quotes are wrong, or it is more than one line. */
function csvFields(text: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text.charAt(at) !== '"') {
      const comma = text.indexOf(",", at);
      const end = comma < 0 ? text.length : comma;
      const field = text.slice(at, end);
      if (/["\n]/.test(field)) return undefined;
      fields.push(field);
      at = end + 1;
      continue;
    }
    const [quoted, inner = ""] = /^"((?:[^"]|"")*)"(?=,|$)/.exec(text.slice(at)) ?? [];
    if (quoted === undefined) return undefined;
    fields.push(inner.replaceAll('""', '"'));
    at += quoted.length + 1;
  }
  return fields;
}

/** A field as it is written, in quotes where it would not be one otherwise. */
const csvField = (field: string): string =>
  field === "\\." || /[",\r\n]|^[\s\u0085]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
