import { holdsIn, type SystemdVersion } from "../../server/src/facts/version.ts";

const NEEDS_QUOTES = /["\\`$*?['()<>|&;!\s]/;

/** Since when a dump shows words as a shell would read them. */
const ESCAPES = { since: 248 };

/** Writes words as a dump of a unit shows them. Follows quote_command_line(), and exec_command_line() before. */
export function quoteCommandLine(words: readonly string[], version: SystemdVersion): string {
  return words.map(holdsIn(ESCAPES, version) ? quote : quotedBlanks).join(" ");
}

const quotedBlanks = (word: string): string => (/\s/.test(word) ? `'${word}'` : word);

function quote(word: string): string {
  if (word !== "" && !NEEDS_QUOTES.test(word)) return word;
  return `"${word
    .replace(/["\\`$]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")}"`;
}
