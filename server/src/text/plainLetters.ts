/** A text in lower case whose letters have no marks; marked ones of German become two letters, as they do in names of files. */
export const withPlainLetters = (text: string): string =>
  /[^\0-\x7f]/.test(text)
    ? text
        .replace(/[\u00e4\u00f6\u00fc\u00df]/g, (it) => TWO_LETTERS[it] ?? it)
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
    : text;

const TWO_LETTERS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
