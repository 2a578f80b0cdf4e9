/** What to look for in each place; patterns are found by their first two letters, by their last two, or are in the middle. */
export interface Lexicon {
  readonly whole: ReadonlyMap<string, readonly number[]>;
  readonly starts: ReadonlyMap<string, readonly Pattern[]>;
  readonly ends: ReadonlyMap<string, readonly Pattern[]>;
  readonly inside: readonly (readonly [string, number])[];
}

type Pattern = readonly [matches: (text: string) => boolean, row: number];

/** The lexicon of some rows, each with its words, in which `*` stands for any letters. */
export function lexiconOf(rows: readonly (readonly string[])[]): Lexicon {
  const whole = new Map<string, number[]>();
  const starts = new Map<string, Pattern[]>();
  const ends = new Map<string, Pattern[]>();
  const inside: (readonly [string, number])[] = [];
  for (const [i, words] of rows.entries()) {
    for (const word of words) {
      if (!word.includes("*")) addTo(whole, word, i);
      else if (!word.startsWith("*")) addTo(starts, word.slice(0, 2), [patternOf(word), i]);
      else if (!word.endsWith("*")) addTo(ends, word.slice(-2), [patternOf(word), i]);
      else inside.push([word.slice(1, -1), i]);
    }
  }
  return { whole, starts, ends, inside };
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Whether texts fit a word in which `*` stands for any letters; most have one, which needs no expression. */
function patternOf(word: string): Pattern[0] {
  const [first = "", last = "", ...more] = word.split("*");
  if (more.length === 0)
    return (text) => text.length >= first.length + last.length && text.startsWith(first) && text.endsWith(last);
  const pattern = new RegExp(`^${word.replace(/[.+?()[\]{}|\\^$]/g, "\\$&").replaceAll("*", ".*")}$`);
  return (text) => pattern.test(text);
}

/** The rows that are about one of some texts. */
export function rowsAbout({ whole, starts, ends, inside }: Lexicon, texts: Iterable<string>): Set<number> {
  const found = new Set<number>();
  for (const text of texts) {
    for (const row of whole.get(text) ?? []) found.add(row);
    for (const [matches, row] of starts.get(text.slice(0, 2)) ?? []) if (matches(text)) found.add(row);
    for (const [matches, row] of ends.get(text.slice(-2)) ?? []) if (matches(text)) found.add(row);
    for (const [part, row] of inside) if (text.includes(part)) found.add(row);
  }
  return found;
}
