import { ShellScanner } from "./shellScanner.ts";
import type { ShellCommand, ShellWord, WordPart } from "./shellSyntax.ts";

/** What the scanner of words leaves to the reader of commands. */
interface Inside {
  /** Reads `$( … )` from after its sign up to before its end. */
  substitution(): readonly ShellCommand[];
  backticks(inner: string, at: number): readonly ShellCommand[];
  /** `${NAME:=word}` sets a variable. */
  assign(name: string, words: readonly ShellWord[]): void;
}

const KEYWORD =
  /(?:if|then|else|elif|while|until|do|!|\{|time|coproc|fi|done|esac|\}|case|for|select|function|\[\[)(?=[\s;&|()<>]|$)/y;
const FUNCTION = /([A-Za-z_][\w.:-]{0,99})[ \t]{0,9}\([ \t]{0,9}\)/y;
const REDIRECT = /\d{0,3}(?:<<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())|&>>?/y;
const ASSIGNMENT = /([A-Za-z_]\w{0,99})(?:\[[^\]\s]{0,99}\])?\+?=/y;
const PLAIN = /[^\s\\'"$`;&|()<>]+/y;
const QUOTED = /[^\\"$`]+/y;
const NAME = /[A-Za-z_]\w*|[0-9]+|[@*#?$!-]/y;
const OPERATOR = /:[-=+?]|[-=+?]|##?|%%?|\/\/?|:|\^\^?|,,?|@/y;
const MAX_NESTING = 60;

/** Reads words of a shell script from its text. */
export class ShellWords extends ShellScanner {
  readonly #inside: Inside;
  #nesting = 0;

  constructor(text: string, inside: Inside) {
    super(text);
    this.#inside = inside;
  }

  /** A word with which the shell controls what runs, or the one that is asked for. */
  keyword(wanted?: string): string {
    this.skipBlanks();
    if (wanted === undefined) return this.match(KEYWORD);
    const after = this.text[this.at + wanted.length] ?? " ";
    if (!this.has(wanted) || !/[\s;&|()]/.test(after)) return "";
    this.at += wanted.length;
    return wanted;
  }

  isKeyword(word: string): boolean {
    const before = this.at;
    const found = this.keyword(word) !== "";
    this.at = before;
    return found;
  }

  functionName(): string | undefined {
    return this.match(FUNCTION).match(/^[^\s(]+/)?.[0];
  }

  skipParentheses(): void {
    this.skipBlanks();
    this.match(/\([ \t]*\)/y);
  }

  /** The patterns of a branch of a case, up to after their `)`. */
  casePatterns(): readonly ShellWord[] {
    const patterns: ShellWord[] = [];
    if (this.has("(")) this.at++;
    while (!this.atEnd) {
      this.skipLines();
      const word = this.word();
      if (word) {
        patterns.push(word);
        continue;
      }
      const sign = this.text[this.at++];
      if (sign === ")" || sign === ";") break;
    }
    return patterns;
  }

  /** The words of a test in double brackets, whose first sign was read, up to its end. */
  testWords(): readonly ShellWord[] {
    const words: ShellWord[] = [{ parts: [{ kind: "text", text: "[[" }], source: "[[" }];
    while (!this.atEnd) {
      this.skipBlanks();
      if (this.match(/\]\](?=[\s;&|)]|$)/y) !== "") break;
      const word = this.word();
      if (word) words.push(word);
      else if (this.has("\n") && !/(?:&&|\|\|)\s*$/.test(this.text.slice(this.at - 9, this.at))) break;
      else this.at++;
    }
    return words;
  }

  redirect(): string {
    const operator = this.match(REDIRECT);
    if (operator !== "") this.skipBlanks();
    return operator.replace(/^\d+/, "");
  }

  assignment(): { readonly name: string; readonly words: readonly ShellWord[] } | undefined {
    const name = this.match(ASSIGNMENT).match(/^\w+/)?.[0];
    if (name === undefined) return undefined;
    if (!this.has("(")) return { name, words: [this.word() ?? { parts: [], source: "" }] };
    this.at++;
    const words: ShellWord[] = [];
    while (!this.atEnd) {
      this.skipLines();
      const word = this.word();
      if (word) words.push(word);
      else if (this.text[this.at++] === ")") break;
    }
    return { name, words };
  }

  /** The word after blanks. */
  nextWord(): ShellWord | undefined {
    this.skipBlanks();
    return this.word();
  }

  /** The next word; undefined where something else comes. */
  word(): ShellWord | undefined {
    const start = this.at;
    const parts: WordPart[] = [];
    if (/^[<>]\(/.test(this.text.slice(start, start + 2))) {
      this.at += 2;
      this.#inside.substitution();
      parts.push({ kind: "unknown" });
    }
    while (!this.atEnd && this.#part(parts, PLAIN, false));
    return this.at === start ? undefined : { parts, source: this.text.slice(start, Math.min(this.at, start + 200)) };
  }

  /** Reads one part of a word; false where the word ends. */
  #part(parts: WordPart[], plain: RegExp, quoted: boolean): boolean {
    const here = this.text[this.at] ?? "";
    if (here === "\\") {
      const next = this.text[this.at + 1] ?? "";
      this.at += 2;
      const kept = quoted && !/["\\$`\n]/.test(next) ? here + next : next;
      parts.push({ kind: "text", text: kept === "\n" ? "" : kept });
    } else if (here === "'" && !quoted) this.#single(parts);
    else if (here === '"' && !quoted) this.#double(parts);
    else if (here === "$") this.#expansion(parts, quoted);
    else if (here === "`") this.#backticks(parts, quoted);
    else {
      const text = this.match(plain);
      if (text === "") return false;
      parts.push({ kind: "text", text });
    }
    return true;
  }

  #single(parts: WordPart[]): void {
    const end = this.text.indexOf("'", this.at + 1);
    parts.push({ kind: "text", text: this.text.slice(this.at + 1, end < 0 ? undefined : end) });
    this.at = end < 0 ? this.text.length : end + 1;
  }

  #double(parts: WordPart[]): void {
    this.at++;
    if (parts.length === 0) parts.push({ kind: "text", text: "" });
    while (!this.atEnd && !this.has('"')) if (!this.#part(parts, QUOTED, true)) break;
    this.at++;
  }

  #backticks(parts: WordPart[], quoted: boolean): void {
    const start = this.at + 1;
    for (this.at = start; !this.atEnd && !this.has("`"); this.at++) if (this.has("\\")) this.at++;
    const inner = this.text.slice(start, this.at).replace(/\\([`\\$])/g, "$1");
    this.at++;
    parts.push({ kind: "output", commands: this.#inside.backticks(inner, start), quoted });
  }

  #expansion(parts: WordPart[], quoted: boolean): void {
    this.at++;
    if (this.has("((")) {
      this.arithmetic();
      if (this.text.slice(this.at - 2, this.at) !== "))") this.at += 2;
      parts.push({ kind: "unknown" });
    } else if (this.has("(")) {
      this.at++;
      const commands = this.#inside.substitution();
      parts.push({ kind: "output", commands, quoted });
    } else if (this.has("{")) this.#braced(parts, quoted);
    else if (!quoted && (this.has("'") || this.has('"'))) return;
    else {
      const name = this.match(/[A-Za-z_]\w*|[0-9@*#?$!-]/y);
      if (name === "") parts.push({ kind: "text", text: "$" });
      else parts.push({ kind: "variable", name, quoted, operator: "", operand: undefined });
    }
  }

  /** `${…}` */
  #braced(parts: WordPart[], quoted: boolean): void {
    this.at++;
    const indirect = this.match(/[!#](?=\w)/y);
    const name = this.match(NAME);
    const isList = this.match(/\[[^\]\s]{0,99}\]/y) === "[@]";
    const operator = this.match(OPERATOR);
    const start = this.at;
    const inner: WordPart[] = [];
    this.#nesting++;
    const plain = quoted ? /[^\\"$`}]+/y : /[^\\'"$`}]+/y;
    while (!this.atEnd && !this.has("}")) {
      if (quoted && this.has('"') && this.#nesting < MAX_NESTING) this.#double(inner);
      else if (this.#nesting >= MAX_NESTING || !this.#part(inner, plain, quoted)) this.at++;
    }
    this.#nesting--;
    const operand = { parts: inner, source: this.text.slice(start, Math.min(this.at, start + 200)) };
    this.at++;
    if (indirect !== "" || name === "") parts.push({ kind: "unknown" });
    else parts.push({ kind: "variable", name, quoted: quoted && !isList, operator, operand });
    if (operator.endsWith("=") && operator !== "") this.#inside.assign(name, [operand]);
  }
}
