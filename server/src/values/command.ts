import { isKnownSpecifier } from "../facts/specifiers.ts";
import type { Command } from "../syntax/exec.ts";
import { specifiersOf } from "../syntax/specifiers.ts";
import type { Word } from "../syntax/words.ts";
import { utf8Length } from "../text/utf8.ts";
import type { SystemdVersion } from "./valueType.ts";

/** What makes systemd drop a command, or refuse the unit for it. */
export interface CommandProblem {
  /** A clause that names the mistake. */
  readonly what: string;
  /** The word that it is in. */
  readonly word: Word;
}

/** The first mistake in a command, undefined where systemd takes it. Follows config_parse_exec(), systemd 262. */
export function commandProblem(command: Command, version: SystemdVersion): CommandProblem | undefined {
  const { prefixes, path, args } = command;
  const early = prefixes.includes("|") && version < 258;
  const what = early ? "The prefix | came with systemd 258" : pathProblem(command);
  if (what) return { what, word: path };
  for (const word of [path, ...args]) {
    const unknown = specifiersOf(word.value).find((it) => !isKnownSpecifier(it.letter, "full"));
    if (unknown) return { what: `%${unknown.letter} is no specifier`, word };
  }
  return undefined;
}

/** What systemd dislikes about the program of a command, undefined where it accepts it. */
function pathProblem({ prefixes, path, args }: Command): string | undefined {
  const shell = prefixes.includes("|");
  const { value } = path;
  if (value === "") return shell ? undefined : "No program follows the prefix";
  if (/[\x01-\x1f\x7f"'\\]/.test(value))
    return "The program's name cannot hold quotes, backslashes or control characters";
  if (/(^|\/)\.{0,2}$/.test(value)) return "The program's path names a directory";
  if (!isFileNameOrAbsolute(value)) return "The program is neither an absolute path nor a plain file name";
  if (prefixes.includes("@") && (args[0]?.value ?? "") === "")
    return "The prefix @ needs the name that the program is to see as its own";
  return undefined;
}

/** Follows filename_or_absolute_path_is_valid(); a path that starts with a specifier may become absolute. */
function isFileNameOrAbsolute(value: string): boolean {
  if (value.startsWith("%")) return true;
  if (value.startsWith("/"))
    return utf8Length(value) < 4096 && value.split("/").every((part) => utf8Length(part) <= 255);
  return !value.includes("/") && utf8Length(value) <= 255;
}
