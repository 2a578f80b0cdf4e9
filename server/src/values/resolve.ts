import { isKnownSpecifier, SPECIFIERS } from "../facts/specifiers.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import { specifiersOf } from "../syntax/specifiers.ts";
import type { Where } from "./grammar.ts";
import type { UnitName } from "./unitName.ts";

/** What stands for the facts of a machine, which a text alone does not know. */
const MACHINE: Readonly<Record<string, string>> = {
  a: "x86-64",
  b: "00000000000000000000000000000000",
  H: "localhost",
  l: "localhost",
  m: "00000000000000000000000000000000",
  o: "linux",
  q: "localhost",
  v: "6.1.0",
  w: "1",
};

/** The folders and names of the system manager, which runs as root, by the letter of the specifier. */
export const SYSTEM_SPECIFIERS: Readonly<Record<string, string>> = {
  C: "/var/cache",
  D: "/usr/share",
  E: "/etc",
  g: "root",
  G: "0",
  h: "/root",
  L: "/var/log",
  s: "/bin/sh",
  S: "/var/lib",
  t: "/run",
  T: "/tmp",
  u: "root",
  U: "0",
  V: "/var/tmp",
};

/** The same of a user manager, for a user that is not root. */
export const USER_SPECIFIERS: Readonly<Record<string, string>> = {
  ...SYSTEM_SPECIFIERS,
  C: "/home/user/.cache",
  D: "/home/user/.local/share",
  E: "/home/user/.config",
  g: "user",
  G: "1000",
  h: "/home/user",
  L: "/home/user/.local/state/log",
  S: "/home/user/.local/state",
  t: "/run/user/1000",
  u: "user",
  U: "1000",
};

/**
 * A value with its specifiers replaced, undefined where one is unknown: systemd ignores or refuses such a value.
 * Names and directories are exact; what depends on the machine is replaced by something of the same form.
 * Follows unit_full_printf(), systemd 257 to 262.
 */
export function resolveSpecifiers(
  text: string,
  name: UnitName,
  scope: "system" | "user",
  version: SystemdVersion = NEWEST_VERSION,
): string | undefined {
  if (!text.includes("%")) return text;
  let result = "";
  let at = 0;
  for (const { letter, from, to } of specifiersOf(text)) {
    const value = isKnownSpecifier(letter, "full", version) ? specifierValue(letter, name, scope) : undefined;
    if (value === undefined) return undefined;
    result += text.slice(at, from) + value;
    at = to;
  }
  return result + text.slice(at);
}

/** Whether the text alone shows what a specifier gives; the others are up to the machine, the user, the file's place or the instance. */
export function isCertain(letter: string, { scope, certain }: Where): boolean {
  switch (SPECIFIERS.get(letter)?.from) {
    case undefined:
    case "machine":
    case "file":
      return false;
    case "name":
      return certain;
    case "manager":
      return scope === "system" && (certain || letter !== "d");
    case "nothing":
      return true;
  }
}

/** What a known specifier gives. */
function specifierValue(letter: string, name: UnitName, scope: "system" | "user"): string | undefined {
  switch (letter) {
    case "%":
      return "%";
    case "n":
      return name.full;
    case "N":
      return name.stem;
    case "p":
      return name.prefix;
    case "P":
      return unescaped(name.prefix);
    case "i":
      return name.instance ?? "";
    case "I":
      return unescaped(name.instance ?? "");
    case "j":
      return lastPart(name.prefix);
    case "J":
      return unescaped(lastPart(name.prefix));
    case "f":
      return unescapedPath(name.instance ?? name.prefix);
    case "y":
      return `/etc/systemd/${scope}/${name.full}`;
    case "Y":
      return `/etc/systemd/${scope}`;
    case "d":
      return `${scope === "system" ? "/run" : USER_SPECIFIERS.t}/credentials/${name.full}`;
    case "c":
      return `/system.slice/${name.full}`;
    case "r":
      return "/system.slice";
    case "R":
      return "/";
    default:
      return (scope === "system" ? SYSTEM_SPECIFIERS : USER_SPECIFIERS)[letter] ?? MACHINE[letter] ?? "";
  }
}

const lastPart = (prefix: string): string => prefix.slice(prefix.lastIndexOf("-") + 1);

/** Follows unit_name_unescape(): a dash is a slash, and `\x2d` is the byte; undefined for a broken escape. */
function unescaped(text: string): string | undefined {
  if (/\\(?!x[0-9a-f]{2})/i.test(text)) return undefined;
  return text
    .replaceAll("-", "/")
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/**
 * Follows unit_name_path_unescape(), systemd 257: undefined where no name of a path is escaped so, as with a dash at the
 * start or the end, two in a row, or the parts `.` and `..`.
 */
function unescapedPath(text: string): string | undefined {
  if (text === "-") return "/";
  const path = unescaped(text);
  return path?.split("/").every((it) => it !== "" && it !== "." && it !== "..") ? `/${path}` : undefined;
}
