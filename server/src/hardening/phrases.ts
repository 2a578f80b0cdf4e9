import { withoutVersion } from "../service/programNames.ts";
import { withPlainLetters } from "../text/plainLetters.ts";

/** An option without dashes and value, or the word itself. */
export const optionsIn = (text: string): readonly string[] => {
  const lower = text.toLowerCase();
  return lower.startsWith("-") ? [lower.replace(/^-+/, "").replace(/[=:].*$/s, "")] : [lower];
};

/** A name without its ending, as it is and without its number. */
export const wholeNames = (text: string): readonly string[] => {
  const name = text.toLowerCase().replace(/\.(?:sh|py|pl|rb|[mc]?js|jar|php)$/, "");
  return [name, withoutVersion(name)];
};

/** Up to five words in a row, each as it is and without a plain ending or number, if the first is among `heads`; `affirmed` leaves out what a text denies. */
export function* phrasesIn(text: string, heads: ReadonlySet<string>, affirmed = false): Generator<string> {
  const all = phraseWords(text);
  const forms = all.map(formsOf);
  for (const [i, word] of all.entries()) {
    if (affirmed && DENIES.has(all[i - 1] ?? "")) continue;
    if (affirmed && DENIES.has(all[i - 2] ?? "")) continue;
    yield* forms[i] ?? [];
    if (!heads.has(word)) continue;
    let before = word;
    for (let next = i + 1; next < i + MAX_WORDS && next < all.length; next++) {
      for (const it of forms[next] ?? []) yield `${before} ${it}`;
      before = `${before} ${all[next]}`;
    }
  }
}

/** The most words of a row of a table. */
const MAX_WORDS = 5;

const DENIES: ReadonlySet<string> = new Set(["no", "not", "non", "without"]);

/** The words of a text, in lower case and without marks. */
export const phraseWords = (text: string): readonly string[] => {
  const plain = withPlainLetters(text.toLowerCase());
  // Most texts are ASCII, for which V8 need not ask what a letter is in Unicode.
  return plain.match(/[^\0-\x7f]/.test(plain) ? /[\p{L}\d]+/gu : /[a-z\d]+/g) ?? [];
};

/** A word as it is and without what it may end with. */
export function formsOf(word: string): readonly string[] {
  const ending = /(?:s|\d|ing|ed|er)$/.test(word);
  return ending ? [...new Set([word, ...ENDINGS.map((it) => word.replace(it, ""))])] : [word];
}

const ENDINGS = [/(?<=..)s$/, /(?<=[a-z]{2})\d+$/, /(?<=.{4})(?:ing|ed|er)$/];
