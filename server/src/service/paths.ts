import { ownDirectories } from "../security/world/ownDirectories.ts";
import type { DirectorySetting } from "../units/directories.ts";
import { expandPath } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";
import { absolutePath, foldersAbove, simplifyPath, withoutOldLinks } from "../values/path.ts";
import { SYSTEM_SPECIFIERS } from "../values/resolve.ts";
import { textOf } from "./settings.ts";

/** The absolute path that a unit writes out, with what its specifiers give, and not by way of old links to /run. */
export function normalPath(unit: Unit, written: string): string | undefined {
  const path = expandPath(unit, written);
  return path === undefined ? undefined : withoutOldLinks(path);
}

/** The same of a path without specifiers, which is the same in all units. */
export function pathWithoutSpecifiers(written: string): string | undefined {
  const path = absolutePath(written);
  return path === undefined ? undefined : withoutOldLinks(path);
}

/** The path of a word of ReadWritePaths=, BindPaths= and similar settings, without its signs and what stands after a colon. */
export const listedPath = (unit: Unit, word: string): string | undefined =>
  normalPath(unit, word.replace(/^-?\+?/, "").replace(/:.*$/s, ""));

/** The path of PIDFile=, which is in the runtime folder where nothing else is said. */
export function pidFileOf(unit: Unit): string | undefined {
  const written = textOf(unit, "PIDFile");
  return written === undefined ? undefined : normalPath(unit, /^[/%]/.test(written) ? written : `%t/${written}`);
}

/** The setting that makes a directory above a file. */
export function makerOf(unit: Unit, file: string): DirectorySetting | undefined {
  const path = normalPath(unit, file);
  const above = path === undefined ? [] : [...foldersAbove(path)];
  return ownDirectories(unit).find((it) => above.includes(it.path))?.by.directive;
}

/** A path of a system unit, with the specifiers of folders at its start replaced: for texts that no unit is available for. */
export const systemPath = (path: string): string =>
  simplified(path.replace(/^%([SCLEtTVh])/, (_, letter: string) => SYSTEM_SPECIFIERS[letter] ?? ""));

const simplified = (path: string): string => (path.startsWith("/") ? withoutOldLinks(simplifyPath(path)) : path);
