import { bracketEnd, signAt } from "./brackets.ts";
import type { ScriptSyntax } from "./scriptSyntaxes.ts";
import { unknownValue } from "./shellValues.ts";

/** A string of a script. */
export interface ScriptString {
  readonly start: number;
  readonly end: number;
  /** What stands in it; where something is put in, there is a mark for what is not known. */
  readonly text: string;
  /** Whether its text is a line for a shell, as between backticks. */
  readonly isCommand: boolean;
}

const MAX_STRING = 20_000;
/** Steps that came to nothing, after which the rest is taken as code. */
const MAX_WASTED = 5_000_000;
const MAX_HEREDOCS = 20;
const CLOSES: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };
/** A word or sign after which a slash begins an expression. */
const BEFORE_PATTERN =
  /(?:^|[(,=:[!&|?{};+*%~^<>\n-]|=~|\b(?:return|typeof|case|in|of|if|unless|and|or|not|split|grep|map|when|while|until))[ \t]*$/;

/** Goes through a script once, and separates code from comments and strings. */
export class Masker {
  readonly strings: ScriptString[] = [];
  readonly #text: string;
  readonly #syntax: ScriptSyntax;
  readonly #parts: string[] = [];
  readonly #heredocs: { mark: string; isRaw: boolean; isCommand: boolean }[] = [];
  /** Up to where the text was taken over. */
  #done = 0;
  /** How much was looked through for the end of strings that have none. */
  #wasted = 0;
  #at = 0;
  /** Open brackets, in which no string is a documentation. */
  #depth = 0;

  constructor(text: string, syntax: ScriptSyntax) {
    this.#text = text;
    this.#syntax = syntax;
  }

  get code(): string {
    return this.#parts.join("");
  }

  run(): void {
    const text = this.#text;
    const { stops, begins } = this.#syntax;
    if (begins) this.#skipTo(begins);
    while (this.#at < text.length && this.#wasted < MAX_WASTED) {
      stops.lastIndex = this.#at;
      const found = stops.exec(text);
      if (!found) break;
      this.#at = found.index;
      if (!this.#token(found[0])) this.#at = Math.max(this.#at, found.index + found[0].length);
    }
    this.#at = text.length;
    this.#keep(this.#at);
  }

  /** Takes text over as it is. */
  #keep(end: number): void {
    this.#parts.push(this.#text.slice(this.#done, end));
    this.#done = Math.max(end, this.#done);
  }

  /** Blanks the text up to an offset. */
  #blank(start: number, end: number): void {
    this.#keep(start);
    this.#parts.push(" ".repeat(Math.max(0, Math.min(end, this.#text.length) - this.#done)));
    this.#done = Math.min(end, this.#text.length);
    this.#at = this.#done;
  }

  #skipTo(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#blank(this.#at, found ? found.index + found[0].length : this.#text.length);
  }

  #lineEnd(): number {
    const end = this.#text.indexOf("\n", this.#at);
    return end < 0 ? this.#text.length : end;
  }

  /** Reads what begins with a sign; false where it is not part of this language. */
  #token(sign: string): boolean {
    const { comments, quotes, heredoc, operators, begins, ends, blocks, triple } = this.#syntax;
    const at = this.#at;
    if (sign === "\n") {
      this.#at++;
      for (const it of this.#heredocs.splice(0)) this.#heredocBody(it);
      return true;
    }
    if (sign === "(" || sign === "[" || sign === "{") this.#depth++;
    if (sign === ")" || sign === "]" || sign === "}") this.#depth--;
    if (/^[([{)\]}]$/.test(sign)) return false;
    for (const [open, close] of blocks) if (sign === open) return this.#block(close, open);
    if (begins && sign === "?>") {
      this.#skipTo(begins);
      return true;
    }
    if (ends?.test(sign)) {
      this.#blank(at, this.#text.length);
      return true;
    }
    if (comments.includes(sign)) {
      if (sign === "#" && this.#text[at - 1] === "$") return false;
      this.#blank(at, this.#lineEnd());
      return true;
    }
    if (sign === "/") return this.#pattern();
    if (triple && /^(?:"""|''')$/.test(sign)) return this.#string(sign, 3);
    if (quotes.includes(sign)) return this.#string(sign, 1);
    if (sign.startsWith("<<")) {
      const { mark } = (heredoc && sign.match(heredoc)?.groups) ?? {};
      if (mark === undefined) return false;
      if (this.#heredocs.length < MAX_HEREDOCS)
        this.#heredocs.push({ mark, isRaw: sign.includes("'"), isCommand: sign.includes("`") });
      return false;
    }
    return operators !== undefined && this.#operator(sign, operators);
  }

  #block(close: RegExp, open: string): boolean {
    const start = this.#at;
    close.lastIndex = start + open.length;
    const found = close.exec(this.#text);
    const end = found ? found.index + found[0].length : this.#text.length;
    if (open === "[[") this.#add(start, end, this.#text.slice(start + open.length, end - open.length), "'");
    this.#blank(start, end);
    return true;
  }

  #string(quote: string, length: number): boolean {
    const start = this.#at;
    const text = this.#text;
    const { multiline, raw } = this.#syntax;
    const before = /[A-Za-z]{0,2}$/.exec(text.slice(Math.max(0, start - 2), start))?.[0].toLowerCase() ?? "";
    const isRaw = raw.includes(quote);
    const long = length > 1 || multiline.includes(quote);
    let end = start + length;
    for (; ; end++) {
      const here = text[end];
      if (here === undefined || (here === "\n" && !long) || end - start > MAX_STRING) return this.#waste(end - start);
      if (here === "\\") end++;
      else if (text.startsWith(quote, end)) break;
      else if (quote === "`" && this.#syntax.template && here === "$" && text[end + 1] === "{") {
        end = bracketEnd(text, end + 1, "{", "}", start + MAX_STRING);
        if (end < 0) return this.#waste(MAX_STRING);
      }
    }
    const isDoc =
      triple(quote) &&
      this.#depth <= 0 &&
      /(?:^|\n)[ \t]*[a-z]{0,2}$/i.test(text.slice(Math.max(0, start - 80), start));
    const inner = text.slice(start + length, end);
    if (!isDoc) this.#add(start, end + length, inner, isRaw ? "'" : quote, before);
    this.#blank(start + 1, end + length - 1);
    this.#at = end + length;
    return true;
  }

  #add(start: number, end: number, inner: string, quote: string, prefix = ""): void {
    const { insertions, template } = this.#syntax;
    const changes = this.#syntax.prefixed ? prefix.includes("f") : quote !== "'";
    const text =
      insertions && changes
        ? inner.replace(insertions, (it) => unknownValue(/^\W{1,2}([A-Za-z_]\w*)\}?$/.exec(it)?.[1]))
        : inner;
    const escaped = text.replace(/\\\r?\n/g, "").replace(/\\(["'`\\/])/g, "$1");
    this.strings.push({ start, end, text: escaped, isCommand: quote === "`" && !template });
  }

  #pattern(): boolean {
    const { patterns } = this.#syntax;
    const at = this.#at;
    if (!patterns || !BEFORE_PATTERN.test(this.#text.slice(Math.max(0, at - 20), at))) return false;
    let isClass = false;
    for (let end = at + 1; end < Math.min(this.#text.length, at + 2000); end++) {
      const here = this.#text[end];
      if (here === "\n") return this.#waste(end - at);
      if (here === "\\") end++;
      else if (here === "[") isClass = true;
      else if (here === "]") isClass = false;
      else if (here === "/" && !isClass) {
        this.#blank(at, end + 1);
        return true;
      }
    }
    return this.#waste(2000);
  }

  #waste(length: number): false {
    this.#wasted += length;
    return false;
  }

  /** `q(…)`, `%w[…]`, `s{…}{…}` */
  #operator(sign: string, operators: RegExp): boolean {
    const { name = "", open = "" } = sign.match(operators)?.groups ?? {};
    if (open === "") return false;
    const start = this.#at;
    const close = CLOSES[open];
    let at = start + sign.length - 1;
    const twice = /^(?:s|tr|y)$/.test(name);
    const first = at + 1;
    at = close
      ? bracketEnd(this.#text, at, open, close, start + MAX_STRING)
      : signAt(this.#text, at + 1, open, start + MAX_STRING);
    if (at < 0) return this.#waste(MAX_STRING);
    const inner = this.#text.slice(first, at);
    if (twice) {
      const next = close ? this.#text.indexOf(open, at) : at;
      const end = close
        ? bracketEnd(this.#text, next, open, close, start + MAX_STRING)
        : signAt(this.#text, at + 1, open, start + MAX_STRING);
      if (end < 0 || next < 0) return this.#waste(MAX_STRING);
      at = end;
    } else if (/^(?:qw|%w|%i)$/i.test(name)) this.#words(first, inner);
    else if (/^(?:qx|%x)$/.test(name)) this.#add(start, at + 1, inner, "`");
    else if (/^(?:q|qq|%|%q|%Q)$/.test(name))
      this.#add(start, at + 1, inner, name.endsWith("q") && name !== "qq" ? "'" : '"');
    this.#blank(start, at + 1);
    return true;
  }

  #words(start: number, inner: string): void {
    for (const { 0: word, index } of inner.matchAll(/\S+/g))
      this.#add(start + index, start + index + word.length, word, "'");
  }

  #heredocBody({ mark, isRaw, isCommand }: { mark: string; isRaw: boolean; isCommand: boolean }): void {
    const start = this.#at;
    const end = new RegExp(`^[ \\t]*${mark}\\b`, "gm");
    end.lastIndex = start;
    const found = end.exec(this.#text);
    if (!found) {
      this.#wasted += this.#text.length - start;
      return;
    }
    this.#add(start, found.index, this.#text.slice(start, found.index), isCommand ? "`" : isRaw ? "'" : '"');
    this.#blank(start, found.index + found[0].length);
  }
}

const triple = (quote: string): boolean => quote.length === 3;
