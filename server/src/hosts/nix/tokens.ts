import type { Span } from "../../text/span.ts";

/** What a piece of Nix is to the reader; keywords are names, and all that stands between the quotes of a string is text, an escape or an interpolation. */
type TokenKind = "name" | "number" | "path" | "quote" | "text" | "escape" | "end-quote" | "sign";

/** A piece of a Nix file. */
export interface NixToken extends Span {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
}

/** A Nix file taken apart. */
export interface NixTokens {
  readonly tokens: readonly NixToken[];
  readonly comments: readonly Span[];
  /** Whether a string is open at the end: then nobody knows what is text and what is code. */
  readonly torn: boolean;
}

const BLANK = /[ \t\r\n]+/y;
const COMMENT = /#[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
/** What the scheme of an address and the first part of a path are made of. */
const SCHEME = /[A-Za-z0-9+.-]*/y;
const WORD = /~|[A-Za-z0-9._+-]*/y;
const AFTER_SCHEME = /:[A-Za-z0-9%/?:@&=+$,_.!~*'-]+/y;
const AFTER_WORD = /(?:\/[A-Za-z0-9._+-]+)+\/?/y;
const FOUND_PATH = /<[A-Za-z0-9._+-]+(?:\/[A-Za-z0-9._+-]+)*>/y;
const NAME = /[A-Za-z_][A-Za-z0-9_'-]*/y;
const NUMBER = /(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[0-9]+/y;
const SIGN = /\.\.\.|\$\{|\/\/|\+\+|==|!=|<=|>=|&&|\|\||->|\|>|<\||[\s\S]/y;
/** Text up to what may end it; a dollar sign before another one stands for itself. */
const QUOTED = /[^"\\$]+|\$(?!\{)\$?/y;
const INDENTED = /[^'$]+|'(?!')|\$(?!\{)\$?/y;
const QUOTED_ESCAPE = /\\[\s\S]?/y;
const INDENTED_ESCAPE = /''(?:\$|'|\\[\s\S]?)/y;

/** What the tokenizer is in: code, with the number of braces that are open, or one of the two kinds of strings. */
type Mode = { readonly kind: "code"; braces: number } | { readonly kind: "quoted" } | { readonly kind: "indented" };

/** Takes a text apart in one walk; what is no Nix becomes signs of one character. */
export function tokenize(text: string): NixTokens {
  const tokens: NixToken[] = [];
  const comments: Span[] = [];
  const modes: Mode[] = [{ kind: "code", braces: 0 }];
  let at = 0;
  const match = (pattern: RegExp, from = at): boolean => {
    pattern.lastIndex = from;
    return pattern.test(text);
  };
  // A long chain of names is looked through once and not again from each of its names.
  const runs = new Map<RegExp, number>();
  const runEnd = (pattern: RegExp): number => {
    const known = runs.get(pattern) ?? 0;
    if (known > at) return known;
    match(pattern);
    runs.set(pattern, pattern.lastIndex);
    return pattern.lastIndex;
  };
  const isAddress = (): boolean => /[A-Za-z]/.test(text.charAt(at)) && match(AFTER_SCHEME, runEnd(SCHEME));
  const isPath = (): boolean => match(AFTER_WORD, runEnd(WORD));
  const push = (kind: TokenKind, end: number): void => {
    tokens.push({ kind, start: at, end, text: text.slice(at, end) });
    at = end;
  };
  while (at < text.length) {
    const mode = modes.at(-1) ?? { kind: "code", braces: 0 };
    if (mode.kind === "code") {
      if (match(BLANK)) at = BLANK.lastIndex;
      else if (match(COMMENT)) {
        comments.push({ start: at, end: COMMENT.lastIndex });
        at = COMMENT.lastIndex;
      } else if (text.startsWith('"', at)) {
        push("quote", at + 1);
        modes.push({ kind: "quoted" });
      } else if (text.startsWith("''", at)) {
        push("quote", at + 2);
        modes.push({ kind: "indented" });
      } else if (isAddress()) push("path", AFTER_SCHEME.lastIndex);
      else if (isPath()) push("path", AFTER_WORD.lastIndex);
      else if (match(FOUND_PATH)) push("path", FOUND_PATH.lastIndex);
      else if (match(NAME)) push("name", NAME.lastIndex);
      else if (match(NUMBER)) push("number", NUMBER.lastIndex);
      else {
        match(SIGN);
        const sign = text.slice(at, SIGN.lastIndex);
        push("sign", SIGN.lastIndex);
        if (sign === "{") mode.braces++;
        else if (sign === "${") modes.push({ kind: "code", braces: 0 });
        else if (sign === "}" && mode.braces > 0) mode.braces--;
        else if (sign === "}" && modes.length > 1) modes.pop();
      }
      continue;
    }
    const isQuoted = mode.kind === "quoted";
    const [plain, escaped, end] = isQuoted ? [QUOTED, QUOTED_ESCAPE, '"'] : [INDENTED, INDENTED_ESCAPE, "''"];
    if (match(plain)) push("text", plain.lastIndex);
    else if (match(escaped)) push("escape", escaped.lastIndex);
    else if (text.startsWith("${", at)) {
      push("sign", at + 2);
      modes.push({ kind: "code", braces: 0 });
    } else if (text.startsWith(end, at)) {
      push("end-quote", at + end.length);
      modes.pop();
    } else push("text", at + 1);
  }
  return { tokens, comments, torn: modes.some((it) => it.kind !== "code") };
}
