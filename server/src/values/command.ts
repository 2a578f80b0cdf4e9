import { knowsPrefix } from "../facts/commandPrefixes.ts";
import { isKnownSpecifier } from "../facts/specifiers.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { Command } from "../syntax/commandLine.ts";
import { specifiersOf } from "../syntax/specifiers.ts";
import type { Word } from "../syntax/words.ts";
import { utf8Length } from "../text/utf8.ts";
import type { Wording } from "./grammar.ts";
import { longestName } from "./path.ts";
import { about, unknown } from "./wording.ts";

/** What makes systemd drop a command, or refuse the unit for it. */
export interface CommandProblem {
  readonly wording: Wording;
  /** The word that it is in. */
  readonly word: Word;
  /** The specifier that it is about, if that is unknown. */
  readonly specifier?: string;
}

/** A command as a version reads it: where `|` is no prefix, it belongs to the program. */
export function commandIn(command: Command, version: SystemdVersion): Command {
  const { from, prefixes, path } = command;
  const at = prefixes.indexOf("|");
  if (at < 0 || knowsPrefix("|", version)) return command;
  const plain = path.from === from + prefixes.length;
  const program = { ...path, from: plain ? from + at : path.from, value: prefixes.slice(at) + path.value };
  return { ...command, prefixes: prefixes.slice(0, at), path: program };
}

/** The first mistake in a command, undefined where systemd accepts it. Follows config_parse_exec(), systemd 262. */
export function commandProblem(read: Command, version: SystemdVersion): CommandProblem | undefined {
  const command = commandIn(read, version);
  const { path, args } = command;
  const wording = programProblem(command, longestName(version));
  if (wording) return { wording, word: path };
  for (const word of [path, ...args]) {
    const letter = specifiersOf(word.value).find((it) => !isKnownSpecifier(it.letter, "full", version))?.letter;
    if (letter !== undefined) return { wording: unknown(`%${letter}`, "specifier"), word, specifier: letter };
  }
  return undefined;
}

/** What systemd dislikes about the program of a command, undefined where it accepts it. */
function programProblem({ prefixes, path, args }: Command, longest: number): Wording | undefined {
  const { value } = path;
  if (value === "" && prefixes.includes("|")) return undefined;
  if (value === "") return { message: prefixes === "" ? "names no program" : "names no program after the prefix" };
  if (/[\x01-\x1f\x7f"'\\]/.test(value))
    return about(value, "has quotes, backslashes or control characters in the name of a program");
  if (/(^|\/)\.{0,2}$/.test(value)) return about(value, "is a directory and no program");
  if (!isFileNameOrAbsolute(value, longest)) return about(value, "is neither an absolute path nor a plain file name");
  if (prefixes.includes("@") && !args[0])
    return about("@", "is a prefix that needs a name for argv[0] after the program");
  return undefined;
}

/** Follows filename_or_absolute_path_is_valid(); a path that starts with a specifier may become absolute. */
function isFileNameOrAbsolute(value: string, longest: number): boolean {
  if (value.startsWith("%")) return true;
  if (value.startsWith("/"))
    return utf8Length(value) < 4096 && value.split("/").every((part) => utf8Length(part) <= longest);
  return !value.includes("/") && utf8Length(value) <= longest;
}
