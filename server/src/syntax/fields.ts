import { escapeAt } from "./escapes.ts";
import type { Word, WordError } from "./words.ts";

/** How a parser splits a word into fields, after the flags of extract_first_word(), systemd 262. */
export interface FieldSplitting {
  /** The characters that end a field, any of them. */
  readonly separators: string;
  /** A backslash takes the `next` character as it is (no flags), or begins a `c` escape (CUNESCAPE), or one or a separator (… UNESCAPE_SEPARATORS). */
  readonly escapes: "next" | "c" | "c-separators";
  /** Whether quoted parts lose their quotes (UNQUOTE). */
  readonly quotes?: true;
  /** Whether several separators count as one, and those at both ends for nothing (without DONT_COALESCE_SEPARATORS). */
  readonly coalesce?: true;
}

/** One field; offsets count in the text that was split. */
export type Field = Pick<Word, "from" | "to" | "value">;

/** A field and where the next one begins; undefined where no separator follows. */
export interface Extraction {
  readonly field: Field;
  readonly next: number | undefined;
}

export interface Fields {
  readonly fields: readonly Field[];
  /** Where the text behind the last field that was asked for begins. */
  readonly rest: number | undefined;
  readonly error?: WordError;
}

/** Splits a text into as many fields as there are, or up to a number; every character is read once. */
export function splitFields(text: string, how: FieldSplitting, limit = Number.POSITIVE_INFINITY): Fields {
  const fields: Field[] = [];
  let at: number | undefined = text === "" ? undefined : 0;
  while (at !== undefined && fields.length < limit) {
    const found = extractField(text, at, how);
    if (found === undefined) return { fields, rest: undefined };
    if ("kind" in found) return { fields, rest: undefined, error: found };
    fields.push(found.field);
    at = found.next;
  }
  return { fields, rest: at };
}

/** The field that begins at an offset; undefined where only separators are left that count for nothing. */
export function extractField(text: string, from: number, how: FieldSplitting): Extraction | WordError | undefined {
  const { separators, quotes, escapes, coalesce } = how;
  const start = coalesce ? behindSeparators(text, from, separators) : from;
  if (coalesce && start >= text.length) return undefined;
  const plain = plainFieldEnd(text, start, separators);
  if (plain !== undefined) return extraction(text, start, plain, text.slice(start, plain), how);
  let value = "";
  let quote = "";
  let quoteAt = start;
  let at = start;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === "" && separators.includes(char)) break;
    if (quotes && (quote === "" ? char === '"' || char === "'" : char === quote)) {
      quote = quote === "" ? char : "";
      quoteAt = at;
    } else if (char !== "\\") {
      value += char;
    } else if (at + 1 >= text.length) {
      return { kind: "trailing-backslash", from: at, to: at + 1 };
    } else if (escapes === "next" || (escapes === "c-separators" && separators.includes(text.charAt(at + 1)))) {
      value += text.charAt(++at);
    } else {
      const decoded = escapeAt(text, at + 1);
      if (!decoded) return { kind: "bad-escape", from: at, to: at + 2 };
      value += decoded.value;
      at += decoded.length;
    }
  }
  if (quote !== "") return { kind: "unterminated-quote", from: quoteAt, to: text.length };
  return extraction(text, start, at, value, how);
}

function extraction(text: string, from: number, to: number, value: string, how: FieldSplitting): Extraction {
  const field = { from, to, value };
  if (to >= text.length) return { field, next: undefined };
  if (!how.coalesce) return { field, next: to + 1 };
  const next = behindSeparators(text, to, how.separators);
  return { field, next: next >= text.length ? undefined : next };
}

/** Where a field without quotes and backslashes ends, which is most of them; undefined for any other. */
function plainFieldEnd(text: string, from: number, separators: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\" || char === '"' || char === "'") return undefined;
    if (separators.includes(char)) return at;
  }
  return text.length;
}

function behindSeparators(text: string, from: number, separators: string): number {
  let at = from;
  while (at < text.length && separators.includes(text.charAt(at))) at++;
  return at;
}
