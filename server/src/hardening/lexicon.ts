import { lazy } from "../text/tables.ts";

/**
 * The words to look for in one place, each with the rows that are about it; `*` stands for any letters. They are written as
 * JSON, as the bundle has them, so that a unit of a few words reads little of it.
 */
export interface WrittenLexicon {
  /** Whole words by their first character. */
  readonly whole: Readonly<Record<string, string>>;
  /** Patterns by their first two characters, by their last two, and what may stand anywhere. */
  readonly patterns: string;
}

interface Patterns {
  readonly starts: ReadonlyMap<string, readonly Placed[]>;
  readonly ends: ReadonlyMap<string, readonly Placed[]>;
  readonly inside: readonly Placed[];
}

type Placed = readonly [word: string, row: number];

/** What reads a written lexicon as far as texts ask for it. */
export interface Lexicon {
  readonly whole: (text: string) => readonly number[];
  readonly patterns: () => Patterns;
}

/** Writes the lexicon of some rows, each with its words. */
export function writeLexicon(rows: readonly (readonly string[])[]): WrittenLexicon {
  const whole = new Map<string, Map<string, number[]>>();
  const starts = new Map<string, Placed[]>();
  const ends = new Map<string, Placed[]>();
  const inside: Placed[] = [];
  for (const [row, words] of rows.entries()) {
    for (const word of words) {
      if (!word.includes("*")) addWord(whole, word, row);
      else if (!word.startsWith("*")) addTo(starts, word.slice(0, 2), [word, row]);
      else if (!word.endsWith("*")) addTo(ends, word.slice(-2), [word, row]);
      else inside.push([word.slice(1, -1), row]);
    }
  }
  return {
    whole: Object.fromEntries([...whole].map(([letter, words]) => [letter, JSON.stringify([...words])])),
    // Pairs, as each name of an object would become a hidden class of its own.
    patterns: JSON.stringify([[...starts], [...ends], inside]),
  };
}

function addWord(whole: Map<string, Map<string, number[]>>, word: string, row: number): void {
  const letter = word.slice(0, 1);
  const words = whole.get(letter) ?? new Map<string, number[]>();
  whole.set(letter, words);
  addTo(words, word, row);
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** A lexicon to look in. */
export function readLexicon({ whole, patterns }: WrittenLexicon): Lexicon {
  const read = new Map<string, ReadonlyMap<string, readonly number[]>>();
  const wordsWith = (letter: string): ReadonlyMap<string, readonly number[]> => {
    const words = new Map<string, readonly number[]>(JSON.parse(whole[letter] ?? "[]"));
    read.set(letter, words);
    return words;
  };
  return {
    whole: (text) => {
      const letter = text.slice(0, 1);
      return (read.get(letter) ?? wordsWith(letter)).get(text) ?? NO_ROWS;
    },
    patterns: lazy((): Patterns => {
      const [starts, ends, inside] = JSON.parse(patterns);
      return { starts: new Map(starts), ends: new Map(ends), inside };
    }),
  };
}

const NO_ROWS: readonly number[] = [];

/** The rows that are about one of some texts. */
export function rowsAbout(lexicon: Lexicon, texts: Iterable<string>): Set<number> {
  const { starts, ends, inside } = lexicon.patterns();
  const found = new Set<number>();
  for (const text of texts) {
    for (const row of lexicon.whole(text)) found.add(row);
    const [first, last] = [text.slice(0, 2), text.slice(-2)];
    for (const [word, row] of starts.get(first) ?? []) if (fits(text, word)) found.add(row);
    for (const [word, row] of ends.get(last) ?? []) if (fits(text, word)) found.add(row);
    for (const [part, row] of inside) if (text.includes(part)) found.add(row);
  }
  return found;
}

/** Whether a text fits a word in which `*` stands for any letters; most have one, which needs no expression. */
function fits(text: string, word: string): boolean {
  const at = word.indexOf("*");
  if (word.includes("*", at + 1)) return expressionOf(word).test(text);
  return text.length >= word.length - 1 && text.startsWith(word.slice(0, at)) && text.endsWith(word.slice(at + 1));
}

const EXPRESSIONS = new Map<string, RegExp>();

function expressionOf(word: string): RegExp {
  const known = EXPRESSIONS.get(word);
  if (known) return known;
  const made = new RegExp(`^${word.replace(/[.+?()[\]{}|\\^$]/g, "\\$&").replaceAll("*", ".*")}$`);
  EXPRESSIONS.set(word, made);
  return made;
}
