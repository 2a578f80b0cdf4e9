import type { DirectiveName } from "../../catalog/catalog.ts";
import { SPECIFIERS } from "../../facts/specifiers.ts";
import { splitFields } from "../../syntax/fields.ts";
import { specifiersOf } from "../../syntax/specifiers.ts";
import { type Splitting, splitWords } from "../../syntax/words.ts";
import { mergedAssignments, sinceReset, type Unit } from "../../units/unit.ts";
import { unitNameOf } from "../../units/where.ts";
import { absolutePath, pathFault, simplifyPath } from "../../values/path.ts";
import { resolveSpecifiers } from "../../values/resolve.ts";
import { isTestInstance, type UnitName } from "../../values/unitName.ts";
import type { Cause } from "./cause.ts";

/** A path of ReadWritePaths= and its kin. */
export interface ListedPath {
  readonly path: string;
  /** Whether it may be missing (`-`). */
  readonly optional: boolean;
  /** Whether it counts below the root of the service (`+`). */
  readonly rooted: boolean;
  readonly by: Cause;
}

/** A word of BindPaths= or BindReadOnlyPaths=. */
export interface Bind {
  readonly source: string;
  readonly target: string;
  readonly optional: boolean;
  readonly by: Cause;
}

/** A word of TemporaryFileSystem=. */
export interface Temporary {
  readonly path: string;
  readonly options: readonly string[];
  readonly by: Cause;
}

/** A word of StateDirectory= and its kin, with what stands behind its colons. */
export interface Directory {
  readonly path: string;
  readonly links: readonly string[];
  readonly readOnly: boolean;
  readonly by: Cause;
}

/** More words than anyone writes in one list, and more directories than anyone writes in one path. */
const ENOUGH = 1000;
const DEEP = 100;

function* wordsIn(unit: Unit, names: readonly DirectiveName[], splitting: Splitting): Generator<[string, Cause]> {
  let left = ENOUGH;
  for (const name of names) {
    for (const node of sinceReset(mergedAssignments(unit, "Service", name))) {
      for (const { value } of splitWords(node.text, splitting).words) {
        if (left-- <= 0) return;
        yield [value, { directive: name, value, node }];
      }
    }
  }
}

/** Follows config_parse_namespace_path_strv(), systemd 257 to 262: a word that is no path is ignored. */
export function listedPaths(unit: Unit, ...names: readonly DirectiveName[]): readonly ListedPath[] {
  const found: ListedPath[] = [];
  for (const [word, by] of wordsIn(unit, names, "quotes")) {
    const [, signs = "", rest = ""] = /^(-?\+?)(.*)$/s.exec(word) ?? [];
    const path = pathIn(unit, rest);
    if (path !== undefined) found.push({ path, optional: signs.startsWith("-"), rooted: signs.endsWith("+"), by });
  }
  return found;
}

/** Follows config_parse_bind_paths(), systemd 257 to 262. */
export function binds(unit: Unit, name: "BindPaths" | "BindReadOnlyPaths"): readonly Bind[] {
  const found: Bind[] = [];
  for (const [word, by] of wordsIn(unit, [name], "retain")) {
    const { fields } = splitFields(word, { separators: ":", escapes: "c-separators" }, 3);
    const [first, second] = fields.map((it) => it.value);
    if (first === undefined) continue;
    const optional = first.startsWith("-");
    const source = pathIn(unit, optional ? first.slice(1) : first);
    const target = second === undefined || second === "" ? source : pathIn(unit, second);
    if (source !== undefined && target !== undefined) found.push({ source, target, optional, by });
  }
  return found;
}

/** Where MountImages= mounts something. Follows config_parse_mount_images(), systemd 257 to 262. */
export function images(unit: Unit): readonly Omit<Bind, "source">[] {
  const found: Omit<Bind, "source">[] = [];
  for (const [word, by] of wordsIn(unit, ["MountImages"], "retain")) {
    const { fields } = splitFields(word, { separators: ":", escapes: "c-separators", coalesce: true });
    const target = pathIn(unit, fields[1]?.value ?? "");
    if (target !== undefined) found.push({ target, optional: word.startsWith("-"), by });
  }
  return found;
}

/** Follows config_parse_temporary_filesystems(), systemd 257 to 262. */
export function temporaryFileSystems(unit: Unit): readonly Temporary[] {
  const found: Temporary[] = [];
  for (const [word, by] of wordsIn(unit, ["TemporaryFileSystem"], "quotes")) {
    const { fields, rest } = splitFields(word, { separators: ":", escapes: "next" }, 1);
    const path = pathIn(unit, fields[0]?.value ?? "");
    const options = rest === undefined ? [] : word.slice(rest).split(",");
    if (path !== undefined) found.push({ path, options, by });
  }
  return found;
}

/** The settings that make directories for a service, with the specifier of where they lie. */
export const DIRECTORIES = {
  StateDirectory: "%S",
  CacheDirectory: "%C",
  LogsDirectory: "%L",
  RuntimeDirectory: "%t",
  ConfigurationDirectory: "%E",
} as const satisfies Partial<Record<DirectiveName, string>>;

/** Follows config_parse_exec_directories(), systemd 257 to 262; several words may name one directory. */
export function directories(unit: Unit, name: keyof typeof DIRECTORIES): readonly Directory[] {
  const found = new Map<string, Directory>();
  for (const [word, by] of wordsIn(unit, [name], "retain")) {
    const { fields } = splitFields(word, { separators: ":", escapes: "c-separators" }, 3);
    const [own = "", link = "", flags = ""] = fields.map((it) => expanded(unit, it.value) ?? "");
    if (
      own.split("/", DEEP + 1).length > DEEP ||
      pathFault(own, "relative") ||
      (link !== "" && pathFault(link, "relative"))
    )
      continue;
    const path = simplifyPath(own);
    const known = found.get(path);
    const links = [...(known?.links ?? []), ...(link === "" ? [] : [simplifyPath(link)])];
    found.set(path, { path, links, readOnly: flags === "ro" || known?.readOnly === true, by: known?.by ?? by });
  }
  return [...found.values()];
}

/** The directory below which a setting makes its own. */
export function baseOf(unit: Unit, name: keyof typeof DIRECTORIES): string {
  return expanded(unit, DIRECTORIES[name]) ?? "/";
}

function pathIn(unit: Unit, text: string): string | undefined {
  const path = expanded(unit, text);
  const absolute = path === undefined ? undefined : absolutePath(path);
  return absolute !== undefined && absolute.split("/", DEEP + 1).length > DEEP ? undefined : absolute;
}

/** A text with what its specifiers give; what only the machine or the instance knows stays as it is written. */
export function expanded(unit: Unit, text: string): string | undefined {
  if (!text.includes("%")) return text;
  let kept = "";
  let at = 0;
  for (const { letter, from, to } of specifiersOf(text)) {
    kept += `${text.slice(at, from)}${SPECIFIERS.get(letter)?.from === "machine" ? `%%${letter}` : text.slice(from, to)}`;
    at = to;
  }
  return resolveSpecifiers(kept + text.slice(at), nameOf(unit), unit.path.scope);
}

/** The name of the unit; of a template, with `%i` in the place of its instance. */
function nameOf(unit: Unit): UnitName {
  const name = unitNameOf(unit.path.name, unit.path.kind);
  if (!isTestInstance(name)) return name;
  const stem = `${name.prefix}@%i`;
  return { ...name, instance: "%i", stem, full: `${stem}.${name.kind}` };
}

/** The name that systemd knows the service by, such as in /run/credentials. */
export const fullName = (unit: Unit): string => nameOf(unit).full;
