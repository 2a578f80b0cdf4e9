import type { DirectiveName } from "../../catalog/catalog.ts";
import { holdsIn } from "../../facts/version.ts";
import { type Splitting, splitWords } from "../../syntax/words.ts";
import { DIRECTORY_SPECIFIERS, type DirectorySetting } from "../../units/directories.ts";
import { withOldName } from "../../units/oldNames.ts";
import { expandPath, expandSpecifiers } from "../../units/specifiers.ts";
import { mergedAssignments, sinceReset, type Unit } from "../../units/unit.ts";
import { placedWords } from "../../units/words.ts";
import { pathFault, simplifyPath } from "../../values/path.ts";
import type { Cause } from "./cause.ts";

/** A path of ReadWritePaths= and similar settings. */
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

/** A word of StateDirectory= and similar settings, with what stands after its colons. */
export interface ListedDirectory {
  readonly path: string;
  readonly links: readonly string[];
  readonly readOnly: boolean;
  readonly by: Cause;
}

/** More words than anyone writes in one list, and more folders than anyone writes in one path. */
const MAX_WORDS = 1000;
const MAX_DEPTH = 100;

const isTooDeep = (path: string): boolean => path.split("/", MAX_DEPTH + 1).length > MAX_DEPTH;

function* wordsIn(unit: Unit, names: readonly DirectiveName[], splitting: Splitting): Generator<[string, Cause]> {
  let budget = MAX_WORDS;
  for (const name of names) {
    for (const node of sinceReset(mergedAssignments(unit, "Service", name))) {
      const words = splitting === "quotes" ? placedWords(node.text) : splitWords(node.text, splitting).words;
      for (const { value } of words) {
        if (budget-- <= 0) return;
        yield [value, { directive: name, value, node }];
      }
    }
  }
}

/** Follows config_parse_namespace_path_strv(), systemd 257 to 262: a word that is no path is ignored. */
export function listedPaths(unit: Unit, name: DirectiveName): readonly ListedPath[] {
  const found: ListedPath[] = [];
  for (const [word, by] of wordsIn(unit, withOldName(name), "quotes")) {
    const [, signs = "", rest = ""] = /^(-?\+?)(.*)$/s.exec(word) ?? [];
    const path = pathIn(unit, rest);
    if (path !== undefined) found.push({ path, optional: signs.startsWith("-"), rooted: signs.endsWith("+"), by });
  }
  return found;
}

/** What may stand after the target of a bind: systemd ignores a word with anything else. */
const RECURSION = new Set(["", "rbind", "norbind"]);

/** Follows config_parse_bind_paths(), systemd 257 to 262. */
export function binds(unit: Unit, name: "BindPaths" | "BindReadOnlyPaths"): readonly Bind[] {
  const found: Bind[] = [];
  for (const [word, by] of wordsIn(unit, [name], "retain")) {
    const { words: fields } = splitWords(word, { separators: ":", escapes: "c-separators" }, 3);
    const [first, second, recursion = ""] = fields.map((it) => it.value);
    if (first === undefined || !RECURSION.has(recursion)) continue;
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
    const { words: fields } = splitWords(word, { separators: ":", escapes: "c-separators", coalesce: true });
    const target = pathIn(unit, fields[1]?.value ?? "");
    if (target !== undefined) found.push({ target, optional: word.startsWith("-"), by });
  }
  return found;
}

/** Follows config_parse_temporary_filesystems(), systemd 257 to 262. */
export function temporaryFileSystems(unit: Unit): readonly Temporary[] {
  const found: Temporary[] = [];
  for (const [word, by] of wordsIn(unit, ["TemporaryFileSystem"], "quotes")) {
    const { words: fields, rest } = splitWords(word, { separators: ":", escapes: "next" }, 1);
    const path = pathIn(unit, fields[0]?.value ?? "");
    const options = rest === undefined ? [] : word.slice(rest).split(",");
    if (path !== undefined) found.push({ path, options, by });
  }
  return found;
}

/** Since when a colon ends the name of a directory, and since when it may have flags. */
const DIRECTORY_LINKS = { since: 250 };
const DIRECTORY_FLAGS = { since: 257 };

/** Follows config_parse_exec_directories(), systemd 239 to 262; several words may name one directory. */
export function directories(unit: Unit, name: DirectorySetting): readonly ListedDirectory[] {
  const found = new Map<string, ListedDirectory>();
  for (const [word, by] of wordsIn(unit, [name], "retain")) {
    const { words: fields } = splitWords(word, { separators: ":", escapes: "c-separators" }, 3);
    const parts = holdsIn(DIRECTORY_LINKS, unit.version) ? fields.map((it) => it.value) : [word];
    const [own = "", link = "", flags = ""] = parts.map((it) => expandSpecifiers(unit, it) ?? "");
    if (isTooDeep(own) || pathFault(own, "relative") || (link !== "" && pathFault(link, "relative"))) continue;
    const path = simplifyPath(own);
    const known = found.get(path);
    const links = [...(known?.links ?? []), ...(link === "" ? [] : [simplifyPath(link)])];
    const hasFlags = flags !== "" && holdsIn(DIRECTORY_FLAGS, unit.version);
    if (hasFlags && flags !== "ro") continue;
    found.set(path, { path, links, readOnly: hasFlags || known?.readOnly === true, by: known?.by ?? by });
  }
  return [...found.values()];
}

/** The directory below which a setting makes its own. */
export function baseOf(unit: Unit, name: DirectorySetting): string {
  return expandSpecifiers(unit, DIRECTORY_SPECIFIERS[name]) ?? "/";
}

function pathIn(unit: Unit, text: string): string | undefined {
  const path = expandPath(unit, text);
  return path !== undefined && isTooDeep(path) ? undefined : path;
}
