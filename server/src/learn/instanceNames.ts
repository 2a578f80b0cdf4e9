import { splitWords, wordText } from "../syntax/words.ts";
import { DIRECTORY_SETTINGS, DIRECTORY_SPECIFIERS, systemFolder } from "../units/directories.ts";
import type { Unit } from "../units/unit.ts";
import { resolveSpecifiers } from "../values/resolve.ts";
import { parseUnitName } from "../values/unitName.ts";
import type { LearntSetting } from "./learnt.ts";

/** Folders in which services keep what is theirs. */
const FOLDERS = [
  ...["/var/lib", "/var/cache", "/var/log", "/var/spool", "/srv", "/opt", "/mnt", "/media"],
  ...["/etc", "/run"],
] as const;

/** What lies straight in these is rarely that of an instance by its bare name, as /etc/ssl with `x@ssl`. */
const OF_ALL: ReadonlySet<string> = new Set(["/etc", "/run"]);

/** Settings whose values are paths, each with a sign before it. */
const PATHS: ReadonlySet<string> = new Set(["ReadWritePaths", "BindPaths", "BindReadOnlyPaths"]);

/**
 * A setting learnt from an instance as it holds for all of the template: with `%i` or `%I` for the name in paths, and then with
 * the specifier of their folder. Of other units, and without that name, it stays as it is.
 */
export function forEveryInstance(setting: LearntSetting, { path: { name, scope } }: Unit): LearntSetting {
  const { key, value } = setting;
  const folder = DIRECTORY_SETTINGS.find((it) => it === key);
  if (scope === "user" || name === undefined || (!folder && !PATHS.has(key))) return setting;
  const above = folder ? `${systemFolder(folder)}/` : "";
  const general = splitWords(value, "quotes").words.map(({ value: word, from, to }) => {
    const [, sign = "", path = ""] = /^(-?)(.*)$/s.exec(word) ?? [];
    const written = pathForEveryInstance(above + path, name);
    if (folder) return written.slice(above.length);
    return written === path ? value.slice(from, to) : wordText(sign + withFolder(written));
  });
  return { ...setting, value: general.join(" ") };
}

/** A path as a unit writes it, with `%i` or `%I` where it bears the name of the instance; the same for other units. */
export function pathForEveryInstance(path: string, unit: string): string {
  const name = parseUnitName(unit);
  const folder = FOLDERS.find((it) => path.startsWith(`${it}/`));
  if (!name?.instance || folder === undefined) return path;
  const { instance, prefix } = name;
  const names: readonly (readonly [specifier: string, text: string])[] = [
    ["%i", instance],
    ["%I", resolveSpecifiers("%I", name, "system") ?? instance],
  ];
  const within = names.reduce(
    (tail, [specifier, text]) => {
      const own = new RegExp(
        `(^|/)(${escapedRegExp(prefix)}[-_.@])?${escapedRegExp(text)}(?=(?:\\.\\w+)?(?:/|$))`,
        "g",
      );
      return tail.replace(own, (all: string, start: string, before = "") => {
        const isOthers = before === "" && (instance === prefix || (start === "" && OF_ALL.has(folder)));
        return isOthers ? all : `${start}${before}${specifier}`;
      });
    },
    path.slice(folder.length + 1),
  );
  return `${folder}/${within}`;
}

const escapedRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The path with the specifier of its folder, where there is one. */
function withFolder(path: string): string {
  const setting = DIRECTORY_SETTINGS.find((it) => path.startsWith(`${systemFolder(it)}/`));
  return setting ? DIRECTORY_SPECIFIERS[setting] + path.slice(systemFolder(setting).length) : path;
}
