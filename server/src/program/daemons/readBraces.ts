import { type ConfigurationEntry, type ConfigurationSection, MOST_ENTRIES } from "./entry.ts";

/** What ends a statement: the sign of nginx and named, or the line, as of Dovecot and Caddy. */
export type BracesEnd = ";" | "\n";

/** Reads statements that end with a sign or with their line, in blocks of braces. Nothing throws: a block that is left open ends with the text. */
export function readBraces(text: string, end: BracesEnd): readonly ConfigurationEntry[] {
  const reader = new BracesReader(text, end);
  while (reader.reads());
  return reader.entries;
}

/** Tokens that are neither words nor ends. */
const BLANK = " \t\r";

class BracesReader {
  readonly entries: ConfigurationEntry[] = [];
  readonly #text: string;
  readonly #end: BracesEnd;
  readonly #sections: (ConfigurationSection | undefined)[] = [];
  #section: ConfigurationSection | undefined;
  #words: string[] = [];
  #at = 0;
  #line = 1;
  #first = 1;

  constructor(text: string, end: BracesEnd) {
    this.#text = text;
    this.#end = end;
  }

  /** Reads one token; false at the end. */
  reads(): boolean {
    const it = this.#text[this.#at];
    if (it === undefined || this.entries.length >= MOST_ENTRIES) {
      this.#finish();
      return false;
    }
    if (it === "\n") {
      if (this.#end === "\n") this.#finish();
      this.#line++;
      this.#at++;
    } else if (BLANK.includes(it)) this.#at++;
    else if (this.#isComment(it)) this.#skipComment();
    else if (it === ";" && this.#end === ";") {
      this.#finish();
      this.#at++;
    } else if (it === "{" && this.#isBlock()) this.#open();
    else if (it === "}" && this.#isBlock()) this.#close();
    else this.#readWord();
    return true;
  }

  /** In lines a brace with something behind it is a placeholder of a word. */
  #isBlock(): boolean {
    const next = this.#text[this.#at + 1];
    return this.#end === ";" || next === undefined || next === "\n" || BLANK.includes(next);
  }

  #isComment(it: string): boolean {
    if (it === "#") return true;
    const next = this.#text[this.#at + 1];
    return this.#end === ";" && it === "/" && (next === "/" || next === "*");
  }

  #skipComment(): void {
    const isLong = this.#text.startsWith("/*", this.#at);
    const found = this.#text.indexOf(isLong ? "*/" : "\n", this.#at);
    const end = found < 0 ? this.#text.length : found + (isLong ? 2 : 0);
    for (let i = this.#at; i < end; i++) if (this.#text[i] === "\n") this.#line++;
    this.#at = end;
  }

  #readWord(): void {
    if (this.#words.length === 0) this.#first = this.#line;
    let word = "";
    let quote = "";
    for (; this.#at < this.#text.length; this.#at++) {
      const it = this.#text[this.#at] ?? "";
      if (it === "\n") {
        if (quote === "") break;
        this.#line++;
      }
      if (it === "\\") word += this.#text[++this.#at] ?? "";
      else if (quote !== "") {
        if (it === quote) quote = "";
        else word += it;
      } else if (word === "" && (it === '"' || it === "'")) quote = it;
      else if (BLANK.includes(it) || (this.#end === ";" && this.#endsWord(it, word))) break;
      else word += it;
    }
    this.#words.push(word);
  }

  #endsWord(it: string, word: string): boolean {
    return it === ";" || it === "}" || (it === "{" && !word.endsWith("$"));
  }

  #finish(opens?: ConfigurationSection): void {
    const [key, ...rest] = this.#words;
    this.#words = [];
    if (key === undefined) return;
    const words = rest[0] === "=" ? rest.slice(1) : rest;
    const section = this.#section ? { section: this.#section } : {};
    this.entries.push({ ...section, key, words, line: this.#first, ...(opens ? { opens } : {}) });
  }

  #open(): void {
    const opened: ConfigurationSection = {
      words: this.#words,
      ...(this.#section ? { parent: this.#section } : {}),
    };
    this.#finish(opened);
    this.#sections.push(this.#section);
    this.#section = opened;
    this.#at++;
  }

  #close(): void {
    this.#finish();
    this.#section = this.#sections.pop();
    this.#at++;
  }
}
