import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { cEscapeAt } from "../../../syntax/escapes.ts";

/** A word of a value; its offsets count in the text that was split, quotes included. */
export interface QuadletWord {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The words of a value, none where it is wrong: one mistake takes the whole line. */
export interface QuadletWords {
  readonly words: readonly QuadletWord[];
  /** The stretch at which the generator stopped. */
  readonly mistake?: { readonly kind: "escape" | "quote"; readonly from: number; readonly to: number };
}

const SEPARATORS = " \t\n\r";

/** A surrogate, which Go writes as U+FFFD. */
const SURROGATE = /(?:u|U0000)[Dd][89A-Fa-f][0-9A-Fa-f]{2}/y;

/**
 * Splits a value at white space and takes the quotes off. `words` keeps backslashes and refuses an open quote; `args`
 * decodes escapes and takes an open quote up to the end. An empty word ends the list, and so does NUL.
 */
export function quadletWords(value: string, how: "words" | "args"): QuadletWords {
  const nul = value.indexOf("\0");
  const end = nul < 0 ? value.length : nul;
  const words: QuadletWord[] = [];
  let at = 0;
  while (true) {
    while (at < end && SEPARATORS.includes(value.charAt(at))) at++;
    const from = at;
    let text = "";
    let quote = "";
    let quoteAt = from;
    for (; at < end; at++) {
      const char = value.charAt(at);
      if (quote === "" && SEPARATORS.includes(char)) break;
      if (quote === "" ? char === '"' || char === "'" : char === quote) {
        quote = quote === "" ? char : "";
        quoteAt = at;
      } else if (char !== "\\" || how === "words") {
        text += char;
      } else if (at + 1 < end) {
        const decoded = escapeAt(value, at + 1);
        if (!decoded) return { words: [], mistake: { kind: "escape", from: at, to: at + 2 } };
        text += decoded.value;
        at += decoded.length;
      }
    }
    if (quote !== "" && how === "words") return { words: [], mistake: { kind: "quote", from: quoteAt, to: end } };
    if (text === "") return { words };
    words.push({ text, from, to: Math.min(at, end) });
  }
}

function escapeAt(value: string, at: number): { readonly value: string; readonly length: number } | undefined {
  const known = cEscapeAt(value, at);
  if (known) return known;
  SURROGATE.lastIndex = at;
  const surrogate = SURROGATE.exec(value);
  return surrogate ? { value: "\ufffd", length: surrogate[0].length } : undefined;
}

/** What a command line may not hold outside of quotes. */
const NEEDS_QUOTES = /[\s"'\\\u0000-\u001f\u007f-\u0080]/;
const ESCAPED = /["\\ \u0000-\u001f\u007f-\u0080]/g;

const NAMED: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\f": "\\f",
  "\\": "\\\\",
  '"': '\\"',
};

/** A word as the generator writes it into a command line. */
export function quotedWord(word: string, version: PodmanVersion): string {
  if (!hasSpecial(word)) return word;
  const blank = podmanDoes(version, "escapes blanks") ? "\\x20" : " ";
  const inner = word.replace(ESCAPED, (char) =>
    char === " " ? blank : (NAMED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`),
  );
  return `"${inner}"`;
}

/** White space beyond ASCII needs no quotes. */
const hasSpecial = (word: string): boolean => NEEDS_QUOTES.test(word.replace(/[^\u0000-\u0080]/g, "x"));
