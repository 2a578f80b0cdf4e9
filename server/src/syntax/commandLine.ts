import { MAX_WORDS_JUDGED, splitWords, type Word, type WordError } from "./words.ts";

/** One command of an Exec*= line; offsets count in the value. */
export interface Command {
  /** Where its first word begins; the prefixes stand there as they are, unless they are quoted or escaped. */
  readonly from: number;
  /** The prefix characters, such as `-` or `+@`. */
  readonly prefixes: string;
  /** The program, without its prefixes. */
  readonly path: Word;
  /** What follows the program; after an `@` prefix the first one is argv[0]. */
  readonly args: readonly Word[];
}

export interface ParsedCommands {
  /** The commands that were read to their end. */
  readonly commands: readonly Command[];
  /** What stops the reading of the line. */
  readonly error?: WordError;
  /** The command that the error stands in, as far as it was read; missing where its very first word is broken. */
  readonly broken?: Command;
}

/** Splits an Exec*= value into its commands, which a lone `;` separates, up to its 20,000th word. Follows config_parse_exec(), systemd 262. */
export function parseExec(value: string): ParsedCommands {
  const { words, error } = splitWords(value, "relaxed", MAX_WORDS_JUDGED);
  const commands: Command[] = [];
  let group: Word[] = [];
  const finish = (): void => {
    const command = commandOf(group, value);
    group = [];
    if (command) commands.push(command);
  };
  for (const word of words) {
    const written = value.slice(word.from, word.to);
    // Before a program even a quoted semicolon separates, and an escaped one is no exception.
    if (group.length === 0 ? word.value === ";" : written === ";") finish();
    else group.push(group.length > 0 && written === "\\;" ? { ...word, value: ";", unknownEscapes: [] } : word);
  }
  if (!error) {
    finish();
    return { commands };
  }
  const broken = commandOf(group, value);
  return broken ? { commands, error, broken } : { commands, error };
}

function commandOf([first, ...args]: readonly Word[], value: string): Command | undefined {
  if (!first) return undefined;
  const prefixes = prefixesOf(first.value);
  const shift = value.startsWith(prefixes, first.from) ? prefixes.length : 0;
  const path = { ...first, from: first.from + shift, value: first.value.slice(prefixes.length) };
  return { from: first.from, prefixes, path, args };
}

/** The longest run of prefixes: each once, but `!` twice, and never both `+` and `!`; what is left belongs to the path. */
function prefixesOf(word: string): string {
  let at = 0;
  for (; at < word.length; at++) {
    const char = word.charAt(at);
    const earlier = word.slice(0, at);
    if (!"-@:|+!".includes(char)) break;
    if (char === "!" ? earlier.includes("+") || earlier.split("!").length > 2 : earlier.includes(char)) break;
    if (char === "+" && earlier.includes("!")) break;
  }
  return word.slice(0, at);
}
