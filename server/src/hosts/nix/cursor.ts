import type { NixToken } from "./tokens.ts";

const OPENING: ReadonlySet<string> = new Set(["{", "[", "(", "${"]);
const CLOSING: ReadonlySet<string> = new Set(["}", "]", ")"]);
/** Words at which an expression ends. */
const ENDS: ReadonlySet<string> = new Set(["then", "else", "in", "inherit"]);

/** A place among tokens. Invariant: it only moves on. */
export class NixCursor {
  readonly #tokens: readonly NixToken[];
  readonly #length: number;
  #at = 0;

  constructor(tokens: readonly NixToken[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  get token(): NixToken | undefined {
    return this.#tokens[this.#at];
  }
  get place(): number {
    return this.#at;
  }
  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }
  /** Where the next token begins. */
  get start(): number {
    return this.token?.start ?? this.#length;
  }
  /** Where the last one ends. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }
  /** Whether the next one is a word at which an expression ends. */
  get endsExpression(): boolean {
    return this.token?.kind === "name" && ENDS.has(this.token.text);
  }

  move(): void {
    if (!this.isAtEnd) this.#at++;
  }

  /** The sign or name that comes; of anything else what kind it is. */
  peek(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    return token && (token.kind === "sign" || token.kind === "name") ? token.text : (token?.kind ?? "");
  }

  take(sign: string): boolean {
    if (this.peek() !== sign) return false;
    this.#at++;
    return true;
  }

  /** Whether a function begins here: a name and a colon, or a pattern of arguments. */
  get beginsFunction(): boolean {
    if (this.token?.kind === "name") return this.peek(1) === ":" || (this.peek(1) === "@" && this.peek(2) === "{");
    if (this.peek() !== "{") return false;
    const [first, second] = [this.peek(1), this.peek(2)];
    if (first === "}") return second === ":" || second === "@";
    if (first === "...") return true;
    if (this.#tokens[this.#at + 1]?.kind !== "name") return false;
    return second === "," || second === "?" || (second === "}" && [":", "@"].includes(this.peek(3)));
  }

  /** Whether a value begins here, and not the next binding of a set whose semicolon is still missing. */
  get beginsValue(): boolean {
    const { token } = this;
    switch (token?.kind) {
      case "quote":
        return !this.#beginsBinding();
      case "number":
      case "path":
        return true;
      case "name":
        return !this.endsExpression && token.text !== "or" && !this.#beginsBinding();
      case "sign":
        return OPENING.has(token.text);
      default:
        return false;
    }
  }

  /** Looks ahead over names and plain strings only: what is interpolated is read once. */
  #beginsBinding(): boolean {
    for (let at = this.#at; ; at++) {
      let token = this.#tokens[at];
      if (token?.kind === "quote")
        do token = this.#tokens[++at];
        while (token?.kind === "text" || token?.kind === "escape");
      if (token?.kind !== "name" && token?.kind !== "end-quote") return false;
      const next = this.#tokens[++at]?.text;
      if (next !== ".") return next === "=";
    }
  }

  /** Takes all up to a closing sign and the sign itself, pairs of brackets whole; says whether it was there. */
  skipTo(close: string): boolean {
    let open = 0;
    for (; !this.isAtEnd; this.#at++) {
      const sign = this.token?.kind === "sign" ? this.token.text : "";
      if (open === 0 && sign === close) {
        this.#at++;
        return true;
      }
      if (OPENING.has(sign)) open++;
      else if (CLOSING.has(sign) && open-- === 0) return false;
    }
    return false;
  }

  /** Takes an expression without a look at it: its brackets are counted, and no more. */
  skipExpression(): void {
    let open = 0;
    for (; !this.isAtEnd; this.#at++) {
      const sign = this.token?.kind === "sign" ? this.token.text : "";
      if (OPENING.has(sign)) open++;
      else if (CLOSING.has(sign) && open-- === 0) return;
      else if (open === 0 && (sign === ";" || sign === ",")) return;
    }
  }
}
