const NEEDS_QUOTES = /["\\`$*?['()<>|&;!\s]/;

/** Writes words as systemd's quote_command_line() prints them in a dump of a unit. */
export function quoteCommandLine(words: readonly string[]): string {
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  if (word !== "" && !NEEDS_QUOTES.test(word)) return word;
  return `"${word
    .replace(/["\\`$]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")}"`;
}
