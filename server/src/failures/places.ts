import type { Fix } from "../findings/finding.ts";
import { ownDirectories } from "../security/world/ownDirectories.ts";
import { directorySettingOf, systemFolder } from "../units/directories.ts";
import type { Unit } from "../units/unit.ts";
import { simplifyPath } from "../values/path.ts";
import type { Message } from "./evidence.ts";
import { addWord } from "./fixes.ts";

/** The directory of a path; the root is its own. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** Whether a message is about making a directory, so that its path is one. */
const makesDirectory = ({ text }: Message): boolean => /mkdir|(?:creat|mak)\w*\s+(?:the\s+)?director/i.test(text);

/** Declares the directory of a path that the service writes, below /var/lib, /var/cache, /var/log and /run of system units. */
export function declaration(unit: Unit, path: string, message: Message): Fix | undefined {
  if (unit.path.scope !== "system" || unit.path.kind !== "service") return undefined;
  const { setting: name, names: parts = [] } = directorySettingOf(path) ?? {};
  const [first = ""] = parts;
  if (
    !name ||
    name === "ConfigurationDirectory" ||
    !/^[\w.@-]+$/.test(first) ||
    /^(?:private|credentials)$/.test(first)
  )
    return undefined;
  if (parts.length < 2 && !makesDirectory(message)) return undefined;
  const made = `${systemFolder(name)}/${first}`;
  return ownDirectories(unit).some((it) => it.path === made) ? undefined : addWord(unit, name, first);
}

/** The directory that has to be writable for what a message says; the path itself where it is one. */
export function writtenPlace(path: string): string {
  return path.endsWith("/") ? path.replace(/(?<=[^/]|^\/)\/+$/, "") : parentOf(path);
}

/** The paths that a message complains of: without the one at its very start, which is the program that speaks. */
export function blamedPaths({ text, paths }: Message): readonly string[] {
  const others = paths.filter((it) => !text.startsWith(`${it}:`));
  return (others.length > 0 ? others : paths).map((it) => simplifyPath(it));
}

/** Whether systemd itself speaks, of a step before the program. */
export function isOfSystemd({ text }: Message): boolean {
  return /^\S+\.(?:service|socket|mount|swap|timer|path): |\/run\/systemd\/(?:mount-rootfs|unit-root)\//.test(text);
}
