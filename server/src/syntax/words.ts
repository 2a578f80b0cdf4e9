import { cEscapeAt } from "./escapes.ts";

/** How extract_first_word() takes a word out of a text, after its flags in systemd 262. */
export interface WordFlags {
  /** The characters that end a word, any of them. */
  readonly separators: string;
  /**
   * A backslash is kept (RETAIN_ESCAPE), takes the `next` character as it is (no flags), or begins a `c` escape (CUNESCAPE),
   * or one or a separator (… UNESCAPE_SEPARATORS), or stays where that is unknown (CUNESCAPE_RELAX).
   */
  readonly escapes: "kept" | "next" | "c" | "c-separators" | "c-relaxed";
  /** Whether quoted parts lose their quotes (UNQUOTE). */
  readonly quotes?: true;
  /** Whether several separators count as one, and those at both ends for nothing (without DONT_COALESCE_SEPARATORS). */
  readonly coalesce?: true;
}

/** One word of a value; offsets count in the text that was split. */
export interface Word {
  readonly from: number;
  readonly to: number;
  /** The word as its parser receives it. */
  readonly value: string;
  /** Offsets of the backslashes of unknown escapes and of one at the very end, which stay in the word (`c-relaxed` only). */
  readonly unknownEscapes: readonly number[];
}

/** What stops the splitting of a value; the words before it count or not as the parser decides. */
export interface WordError {
  readonly kind: "unterminated-quote" | "bad-escape" | "trailing-backslash";
  readonly from: number;
  readonly to: number;
}

export interface Words {
  readonly words: readonly Word[];
  readonly error?: WordError;
  /** Where the text after the last word that was asked for begins; undefined where none is left. */
  readonly rest?: number | undefined;
}

/** A word and where the next one begins; undefined where no separator follows. */
interface FirstWord {
  readonly word: Word;
  readonly next: number | undefined;
}

/** More words than any unit has; those after them are not judged, so that an endless value stops nobody. */
export const MAX_WORDS_JUDGED = 20_000;

const BLANKS = { separators: " \t\n\r", coalesce: true } as const;

/** How lists of words are split at blanks. */
const SPLITTINGS = {
  quotes: { ...BLANKS, quotes: true, escapes: "next" },
  escapes: { ...BLANKS, quotes: true, escapes: "c" },
  relaxed: { ...BLANKS, quotes: true, escapes: "c-relaxed" },
  retain: { ...BLANKS, quotes: true, escapes: "kept" },
  "retain-plain": { ...BLANKS, escapes: "kept" },
  plain: { ...BLANKS, escapes: "next" },
} as const satisfies Record<string, WordFlags>;

/** The name of one of the ways in which lists of words are split at blanks. */
export type Splitting = keyof typeof SPLITTINGS;

const flagsOf = (how: Splitting | WordFlags): WordFlags => (typeof how === "string" ? SPLITTINGS[how] : how);

/** Splits a value into as many words as there are, or up to a number; every character is read once. */
export function splitWords(text: string, how: Splitting | WordFlags, limit = Number.POSITIVE_INFINITY): Words {
  const flags = flagsOf(how);
  const words: Word[] = [];
  let at: number | undefined = text === "" ? undefined : 0;
  while (at !== undefined && words.length < limit) {
    const found = firstWord(text, at, flags);
    if (found === undefined) return { words };
    if ("kind" in found) return { words, error: found };
    words.push(found.word);
    at = found.next;
  }
  return { words, rest: at };
}

/** The word that begins at an offset; undefined where only separators are left that count for nothing. */
export function firstWord(text: string, from: number, how: Splitting | WordFlags): FirstWord | WordError | undefined {
  const flags = flagsOf(how);
  const { separators, quotes, escapes, coalesce } = flags;
  const start = coalesce ? behindSeparators(text, from, separators) : from;
  if (coalesce && start >= text.length) return undefined;
  const plain = plainEnd(text, start, separators);
  if (plain !== undefined) return found(text, start, plain, text.slice(start, plain), NONE, flags);
  let value = "";
  let quote = "";
  let quoteAt = start;
  let at = start;
  const unknownEscapes: number[] = [];
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === "" && separators.includes(char)) break;
    if (quotes && (quote === "" ? char === '"' || char === "'" : char === quote)) {
      quote = quote === "" ? char : "";
      quoteAt = at;
    } else if (char !== "\\" || escapes === "kept") {
      value += char;
    } else if (escapes === "next" || (escapes === "c-separators" && separators.includes(text.charAt(at + 1)))) {
      if (at + 1 >= text.length) return { kind: "trailing-backslash", from: at, to: at + 1 };
      value += text.charAt(++at);
    } else {
      const decoded = cEscapeAt(text, at + 1);
      if (!decoded && escapes !== "c-relaxed") {
        const last = at + 1 >= text.length;
        return { kind: last ? "trailing-backslash" : "bad-escape", from: at, to: last ? at + 1 : at + 2 };
      }
      if (!decoded) unknownEscapes.push(at);
      value += decoded?.value ?? text.slice(at, at + 2);
      at += decoded?.length ?? 1;
    }
  }
  if (quote !== "") return { kind: "unterminated-quote", from: quoteAt, to: text.length };
  return found(text, start, Math.min(at, text.length), value, unknownEscapes, flags);
}

/** A word as a list of words has to write it: in quotes where it would not be that one word otherwise. */
export const wordText = (word: string): string =>
  /^[^\s"'\\:]+$/.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`;

const NONE: readonly number[] = [];

function found(
  text: string,
  from: number,
  to: number,
  value: string,
  unknownEscapes: readonly number[],
  { separators, coalesce }: WordFlags,
): FirstWord {
  const next = coalesce ? behindSeparators(text, to, separators) : to + 1;
  const more = coalesce ? next < text.length : to < text.length;
  return { word: { from, to, value, unknownEscapes }, next: more ? next : undefined };
}

/** The highest of all characters that separate words anywhere, a colon: those above it need no closer look. */
const HIGHEST_SEPARATOR = 58;

/** Where a word without quotes and backslashes ends, which is most of them; undefined for any other. */
function plainEnd(text: string, from: number, separators: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 || code === 34 || code === 39) return undefined;
    if (code <= HIGHEST_SEPARATOR && separators.includes(text.charAt(at))) return at;
  }
  return text.length;
}

function behindSeparators(text: string, from: number, separators: string): number {
  let at = from;
  while (at < text.length && separators.includes(text.charAt(at))) at++;
  return at;
}
