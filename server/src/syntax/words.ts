import { escapeAt } from "./escapes.ts";

/**
 * How a parser splits its value into words, after the flags of extract_first_word(), systemd 262.
 * `quotes`: quoted parts lose their quotes, a backslash takes the next character as it is (UNQUOTE);
 * `escapes`: the same with C escapes (UNQUOTE, CUNESCAPE); `relaxed`: unknown escapes stay as written (… CUNESCAPE_RELAX);
 * `retain`: quotes, but backslashes are ordinary (UNQUOTE, RETAIN_ESCAPE); `retain-plain`: neither (RETAIN_ESCAPE); `plain`: no quotes, a backslash takes the next character (no flags).
 */
export type Splitting = "quotes" | "escapes" | "relaxed" | "retain" | "retain-plain" | "plain";

/** One word of a value; offsets count in the text that was split. */
export interface Word {
  readonly from: number;
  readonly to: number;
  /** The word as its parser receives it. */
  readonly value: string;
  /** Offsets of the backslashes of unknown escapes and of one at the very end, which stay in the word (`relaxed` only). */
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
}

const isSeparator = (char: string): boolean => char === " " || char === "\t" || char === "\n" || char === "\r";

/** More words than any unit has; those behind them are not judged, so that an endless value stops nobody. */
export const ENOUGH_WORDS = 20_000;

/** Splits a value into words at blanks; every character is read once, and none behind the last word of `limit`. */
export function splitWords(text: string, splitting: Splitting, limit = Number.POSITIVE_INFINITY): Words {
  const words: Word[] = [];
  const quoting = splitting !== "plain" && splitting !== "retain-plain";
  const retaining = splitting === "retain" || splitting === "retain-plain";
  let at = 0;
  for (;;) {
    if (words.length >= limit) return { words };
    while (at < text.length && isSeparator(text.charAt(at))) at++;
    if (at >= text.length) return { words };
    const from = at;
    const plain = plainWordEnd(text, from);
    if (plain !== undefined) {
      at = plain;
      words.push({ from, to: at, value: text.slice(from, at), unknownEscapes: NONE });
      continue;
    }
    let value = "";
    let quote = "";
    let quoteAt = at;
    const unknownEscapes: number[] = [];
    for (; at < text.length; at++) {
      const char = text.charAt(at);
      if (quote === "" && isSeparator(char)) break;
      if (quoting && (quote === "" ? char === '"' || char === "'" : char === quote)) {
        quote = quote === "" ? char : "";
        quoteAt = at;
        continue;
      }
      if (char !== "\\" || retaining) {
        value += char;
        continue;
      }
      if (at + 1 >= text.length) {
        if (splitting !== "relaxed") return { words, error: { kind: "trailing-backslash", from: at, to: at + 1 } };
        unknownEscapes.push(at);
        value += char;
        continue;
      }
      if (splitting === "quotes" || splitting === "plain") {
        value += text.charAt(++at);
        continue;
      }
      const decoded = escapeAt(text, at + 1);
      if (decoded) {
        value += decoded.value;
        at += decoded.length;
      } else if (splitting === "relaxed") {
        unknownEscapes.push(at);
        value += char + text.charAt(++at);
      } else {
        return { words, error: { kind: "bad-escape", from: at, to: at + 2 } };
      }
    }
    if (quote !== "") return { words, error: { kind: "unterminated-quote", from: quoteAt, to: text.length } };
    words.push({ from, to: at, value, unknownEscapes });
  }
}

const NONE: readonly number[] = [];

/** Where a word without quotes and backslashes ends, which is most of them; undefined for any other. */
function plainWordEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13 && isSeparator(text.charAt(at)))) return at;
    if (code === 34 || code === 39 || code === 92) return undefined;
  }
  return text.length;
}
