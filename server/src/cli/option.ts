import { nearest, nearestEnding } from "../text/nearest.ts";
import type { Host } from "./host.ts";

/** A mistake in how the command was called; its message is for the reader. */
export class UsageError extends Error {}

/** What a shell can complete at a place: files, units of the machine or files, folders, or words; in a list words with commas between them. */
export type Suggestions =
  | "files"
  | "units"
  | "folders"
  | { readonly words: () => readonly string[]; readonly list?: boolean; readonly files?: boolean };

/** An option of a command: read, explained and completed from this. */
export interface CommandOption<T = unknown> {
  readonly help: string;
  readonly short?: string;
  /** What follows the name in the help, such as PATH; a switch has nothing. */
  readonly argument?: string;
  readonly repeats?: boolean;
  readonly suggests?: Suggestions;
  /** The value of what was written, in order, or of nothing; throws UsageError. */
  readonly read: (written: readonly string[], name: string, host: Host) => T;
}

/** An option without an argument. */
export function flag(help: string): CommandOption<boolean> {
  return { help, read: (written) => written.length > 0 };
}

/** The option that each command has. */
export const HELP = { ...flag("print this help"), short: "h" };

/** An option with one argument; of several the last one counts. */
export function valued<T>(
  argument: string,
  help: string,
  read: (written: string | undefined, name: string, host: Host) => T,
  suggests?: Suggestions,
): CommandOption<T> {
  return {
    argument,
    help,
    read: (written, name, host) => read(written.at(-1), name, host),
    ...(suggests && { suggests }),
  };
}

/** An option with any text. */
export function anyText(argument: string, help: string, suggests?: Suggestions): CommandOption<string | undefined> {
  return valued(argument, help, (written) => written, suggests);
}

/** An option that may be repeated. */
export function repeated<T>(
  argument: string,
  help: string,
  read: (written: readonly string[]) => T,
  suggests?: Suggestions,
): CommandOption<T> {
  return { argument, help: `${help}; may be repeated`, repeats: true, read, ...(suggests && { suggests }) };
}

/** An option that takes some words alone. */
export function choice<T extends string, D extends T | undefined>(
  words: readonly T[],
  fallback: D,
  help: string,
): CommandOption<T | D> {
  const read = (written: string | undefined, name: string): T | D => {
    const found = written === undefined ? fallback : words.find((it) => it === written);
    if (found === undefined && written !== undefined)
      throw new UsageError(`--${name} takes ${words.join(", ")}, ${notWord(written, words)}`);
    return found as T | D;
  };
  const shown = fallback === undefined ? help : `${help} (default: ${fallback})`;
  return valued(words.join("|"), shown, read, { words: () => words });
}

/** The end of a message about a word that is not one of some others, with the nearest of them. */
export const notWord = (written: string, words: Iterable<string>): string =>
  `not ${written || "nothing"}${nearestEnding(nearest(written, words)[0], "")}`;

/** The option of each command about colours; what it says is decided before the command begins. */
export const COLOUR = choice(
  ["auto", "always", "never"],
  "auto",
  "whether to print in colours; auto does on a terminal, as far as the environment lets it",
);

/** An option that takes a list with commas, which may be written several times. */
export function listOption<T>(
  argument: string,
  help: string,
  read: (written: string | undefined, name: string, host: Host) => T,
  words: () => readonly string[],
): CommandOption<T> {
  return {
    argument,
    help,
    suggests: { words, list: true },
    read: (written, name, host) => read(written.length > 0 ? written.join(",") : undefined, name, host),
  };
}

/** So many words are named where one is unknown. */
const MAX_NAMED_WORDS = 8;

/** An option that takes words with commas between them; any other is refused, and so is an empty list. */
export function wordList(
  argument: string,
  help: string,
  words: () => readonly string[],
  { what = "word", plain = (word) => word }: { readonly what?: string; readonly plain?: (word: string) => string } = {},
): CommandOption<readonly string[] | undefined> {
  const read = (written: string | undefined, name: string): readonly string[] | undefined => {
    if (written === undefined) return undefined;
    const list = written
      .split(",")
      .map((it) => it.trim())
      .filter(Boolean);
    const known = words();
    if (list.length === 0) throw new UsageError(`--${name} is empty: name a ${what}`);
    const unknown = list.find((it) => !known.includes(plain(it)));
    if (unknown !== undefined) {
      if (known.length <= MAX_NAMED_WORDS) throw new UsageError(`--${name} takes ${known.join(", ")}, not ${unknown}`);
      const [meant] = nearest(plain(unknown), known);
      throw new UsageError(`unknown ${what} ${unknown} in --${name}${nearestEnding(meant, "")}`);
    }
    return list;
  };
  return listOption(argument, help, read, words);
}
