/** A block that entries stand in, as `server` of nginx or `[global]` of Samba. */
export interface ConfigurationSection {
  /** Its name, and what stands behind that. */
  readonly words: readonly string[];
  readonly parent?: ConfigurationSection;
}

/** A key with its words in the text of a daemon's configuration. */
export interface ConfigurationEntry {
  readonly section?: ConfigurationSection;
  readonly key: string;
  /** Without quotes and the sign between key and value. */
  readonly words: readonly string[];
  /** From 1; 0 where a word of the command or a variable says it. */
  readonly line: number;
  /** That word or variable, without its value. */
  readonly by?: string;
  /** The section that it begins, where it does. */
  readonly opens?: ConfigurationSection;
}

/** More entries than any file of a daemon has that people write. */
export const MOST_ENTRIES = 20_000;

/** How much of one value is taken: what is longer is no path and no address. */
const MOST_WORDS = 200;

/** The words of a value, quotes and what they escape taken off; a comma behind a word is not part of it. */
export function valueWords(text: string, comments = ""): readonly string[] {
  const words: string[] = [];
  let word = "";
  let isOpen = false;
  let quote = "";
  for (let i = 0; i < text.length && words.length < MOST_WORDS; i++) {
    const it = text[i] ?? "";
    if (quote !== "") {
      if (it === quote) quote = "";
      else word += it === "\\" && quote === '"' ? (text[++i] ?? "") : it;
    } else if (it === '"' || it === "'") {
      quote = it;
      isOpen = true;
    } else if (it === " " || it === "\t" || it === "\r") {
      if (isOpen || word !== "") words.push(word);
      word = "";
      isOpen = false;
    } else if (word === "" && !isOpen && comments.includes(it)) return words;
    else word += it;
  }
  if (isOpen || word !== "") words.push(word);
  return words;
}
