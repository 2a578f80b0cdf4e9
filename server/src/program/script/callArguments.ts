import type { MaskedText } from "./maskedText.ts";
import { unknownValue } from "./shellValues.ts";

/** What is handed to a call. */
export type CallArgument =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly CallArgument[] }
  /** Code, with its source. */
  | { readonly kind: "code"; readonly source: string };

const MAX_LENGTH = 3000;
const MAX_ITEMS = 60;
const MAX_DEPTH = 4;
const MAX_SKIPPED = 20;

/** The arguments of a call from after its `(`, or after its name where it has none; the end of the text ends them too. */
export function callArguments(text: MaskedText, start: number, hasBrackets: boolean): readonly CallArgument[] {
  return new ArgumentReader(text, start).list(hasBrackets ? ")" : ";", 0);
}

/** The value that begins at an offset. */
export function valueAt(text: MaskedText, start: number): CallArgument {
  return new ArgumentReader(text, start).value(0);
}

class ArgumentReader {
  readonly #text: MaskedText;
  readonly #end: number;
  #at: number;

  constructor(text: MaskedText, start: number) {
    this.#text = text;
    this.#at = start;
    this.#end = Math.min(text.code.length, start + MAX_LENGTH);
  }

  list(close: string, depth: number): readonly CallArgument[] {
    const items: CallArgument[] = [];
    while (this.#at < this.#end && items.length < MAX_ITEMS) {
      this.#skipBlanks();
      const here = this.#text.code[this.#at] ?? close;
      if (here === close || (close === ";" && /[)}\n]/.test(here))) break;
      if (here === "," && !this.#text.stringAt(this.#at)) this.#at++;
      else items.push(this.value(depth));
    }
    this.#at++;
    return items;
  }

  #skipBlanks(): void {
    const { code } = this.#text;
    while (this.#at < this.#end && /\s/.test(code[this.#at] ?? "") && !this.#text.stringAt(this.#at)) this.#at++;
  }

  value(depth: number): CallArgument {
    const start = this.#at;
    const { code } = this.#text;
    let text: string | undefined;
    for (;;) {
      this.#skipBlanks();
      const prefix = /^[rbfuRBFU]{1,2}(?=["'])/.exec(code.slice(this.#at, this.#at + 3))?.[0] ?? "";
      const string = this.#text.stringAt(this.#at + prefix.length);
      if (string) {
        text = (text ?? "") + string.text;
        this.#at = string.end;
        // Words of a list have no quotes of their own.
        if (/\s/.test(code[string.start] ?? "")) return { kind: "text", text };
        continue;
      }
      const here = code[this.#at] ?? "";
      if (text === undefined) {
        if (/[[({]/.test(here) && depth < MAX_DEPTH) {
          this.#at++;
          const items = this.list(here === "[" ? "]" : here === "(" ? ")" : "}", depth + 1);
          if (here === "{") return this.#code(start);
          return /^[ \t]*[,;)\]}\r\n]|^\s*$/.test(code.slice(this.#at, this.#at + 20))
            ? { kind: "list", items }
            : this.#rest(start, { kind: "list", items });
        }
        return this.#code(start);
      }
      if (
        this.#at >= this.#end ||
        /[,;)\]}\n:]/.test(here) ||
        /^(?:if|unless|or|and|for|do)\b/.test(code.slice(this.#at, this.#at + 7))
      )
        return { kind: "text", text };
      if (/^(?:\+|\.\.?(?![\w]))/.test(code.slice(this.#at, this.#at + 3))) {
        this.#at += here === "." && code[this.#at + 1] === "." ? 2 : 1;
        this.#skipBlanks();
        if (this.#text.stringAt(this.#at)) continue;
        text += unknownValue();
        this.#operand();
        continue;
      }
      // What changes the text: a method, a format.
      this.#toEnd();
      return { kind: "text", text: text.replace(/%(?:\(\w+\))?[sdr]|\{\w*\}/g, unknownValue()) };
    }
  }

  #rest(start: number, value: CallArgument): CallArgument {
    const changed = /^\s*\+/.test(this.#text.code.slice(this.#at, this.#at + 20));
    this.#toEnd();
    return changed ? value : { kind: "code", source: this.#source(start) };
  }

  #code(start: number): CallArgument {
    this.#toEnd();
    if (this.#at === start) this.#at++;
    return { kind: "code", source: this.#source(start) };
  }

  #source(start: number): string {
    return this.#text.code.slice(start, Math.min(this.#at, start + 200)).trim();
  }

  /** One operand of a joined text. */
  #operand(): void {
    this.#skip(/[\s,;)\]}+]/);
  }

  /** Up to what ends an argument. */
  #toEnd(): void {
    this.#skip(/[,;)\]}]/);
  }

  /** Goes up to a sign outside of all brackets; past deep ones it gives up. */
  #skip(end: RegExp): void {
    const { code } = this.#text;
    for (let depth = 0; this.#at < this.#end && depth < MAX_SKIPPED; this.#at++) {
      const here = code[this.#at] ?? "";
      if (here === "(" || here === "[" || here === "{") depth++;
      else if (depth === 0 && end.test(here)) return;
      else if (here === ")" || here === "]" || here === "}") depth--;
    }
  }
}
