import type { Span } from "../../text/span.ts";
import { NixCursor } from "./cursor.ts";
import type { NixAttribute, NixBinding, NixNode, NixSet } from "./nixTree.ts";
import { readAttribute, readInterpolation, readString } from "./readString.ts";
import { tokenize } from "./tokens.ts";

/** A Nix file as far as its sets of attributes are concerned. */
export interface NixFile {
  readonly text: string;
  readonly root: NixNode;
  readonly comments: readonly Span[];
  /** Whether a string is open at the end, so that nothing in the file is certain. */
  readonly torn: boolean;
}

/** Reads any text as Nix, in one walk over its tokens; never throws. What is too deep is taken as a value that nobody knows. */
export function readNix(text: string): NixFile {
  const { tokens, comments, torn } = tokenize(text);
  const root = new NixReader(new NixCursor(tokens, text.length)).file(text.length);
  return { text, root, comments, torn };
}

/** Deeper expressions are not looked into. */
const MAX_DEPTH = 150;
/** Signs between two operands; `?` and the dot are read with their operands. */
const OPERATORS: ReadonlySet<string> = new Set([
  "//",
  "++",
  "+",
  "-",
  "*",
  "/",
  "==",
  "!=",
  "<",
  ">",
  "<=",
  ">=",
  "&&",
  "||",
  "->",
  "?",
  "|>",
  "<|",
]);

/** Invariant: each step takes a token or ends, so that a text costs what it is long. */
class NixReader {
  readonly #cursor: NixCursor;
  #depth = 0;

  constructor(cursor: NixCursor) {
    this.#cursor = cursor;
  }

  file(length: number): NixNode {
    const first = this.#expression();
    const all = [first];
    while (!this.#cursor.isAtEnd) {
      const before = this.#cursor.place;
      all.push(this.#expression());
      if (this.#cursor.place === before) this.#cursor.move();
    }
    return all.length === 1 ? first : { kind: "operation", operator: undefined, operands: all, start: 0, end: length };
  }

  #expression(): NixNode {
    const start = this.#cursor.start;
    if (this.#depth > MAX_DEPTH) {
      this.#cursor.skipExpression();
      return { kind: "other", start, end: Math.max(start, this.#cursor.end) };
    }
    this.#depth++;
    const operands = [this.#operand()];
    const operators = new Set<string>();
    while (OPERATORS.has(this.#cursor.peek())) {
      operators.add(this.#cursor.peek());
      this.#cursor.move();
      operands.push(this.#operand());
    }
    this.#depth--;
    const [first] = operands;
    if (operands.length === 1 && first) return first;
    const operator = operators.size === 1 ? [...operators][0] : undefined;
    return { kind: "operation", operator, operands, start, end: this.#cursor.end };
  }

  /** What stands between two operators: a construct that reaches as far as it can, or something that is applied to something. */
  #operand(): NixNode {
    const start = this.#cursor.start;
    if (this.#cursor.beginsFunction) return this.#function();
    switch (this.#cursor.peek()) {
      case "let":
        if (this.#cursor.peek(1) === "{") break;
        return this.#let();
      case "with":
      case "assert":
        this.#cursor.move();
        this.#expression();
        this.#cursor.take(";");
        return { kind: "scope", body: this.#expression(), start, end: this.#cursor.end };
      case "if":
        return this.#if();
      case "!":
      case "-":
        while (this.#cursor.take("!") || this.#cursor.take("-"));
        this.#operand();
        return { kind: "other", start, end: this.#cursor.end };
    }
    const callee = this.#selected();
    const args: NixNode[] = [];
    while (callee.kind !== "missing" && this.#cursor.beginsValue) args.push(this.#selected());
    return args.length === 0 ? callee : { kind: "call", callee, args, start, end: this.#cursor.end };
  }

  #let(): NixNode {
    const start = this.#cursor.start;
    this.#cursor.move();
    const { bindings } = this.#bindings();
    this.#cursor.take("in");
    return { kind: "let", bindings, body: this.#expression(), start, end: this.#cursor.end };
  }

  #if(): NixNode {
    const start = this.#cursor.start;
    this.#cursor.move();
    this.#expression();
    this.#cursor.take("then");
    const branches = [this.#expression()];
    if (this.#cursor.take("else")) branches.push(this.#expression());
    return { kind: "if", branches, start, end: this.#cursor.end };
  }

  #function(): NixNode {
    const start = this.#cursor.start;
    const params: string[] = [];
    while (!this.#cursor.isAtEnd && !this.#cursor.take(":")) {
      if (this.#cursor.token?.kind === "name") params.push(this.#cursor.peek());
      if (this.#cursor.take("?")) this.#expression();
      else this.#cursor.move();
    }
    return { kind: "function", params, body: this.#expression(), start, end: this.#cursor.end };
  }

  /** A value with what is selected from it, and what to take instead. */
  #selected(): NixNode {
    const { start } = this.#cursor;
    const simple = this.#simple();
    const names: (string | undefined)[] = [];
    while (this.#cursor.take(".")) names.push(this.#attribute()?.name);
    let isName = simple.kind === "name";
    while (this.#cursor.take("or")) {
      isName = false;
      this.#simple();
      while (this.#cursor.take(".")) names.push(this.#attribute()?.name);
    }
    if (names.length === 0 && (isName || simple.kind !== "name")) return simple;
    const known = names.filter((it) => it !== undefined);
    const { end } = this.#cursor;
    if (!isName || simple.kind !== "name" || known.length < names.length) return { kind: "other", start, end };
    return { kind: "name", path: [...simple.path, ...known], start, end };
  }

  #simple(): NixNode {
    const { token, start } = this.#cursor;
    if (!token || !this.#cursor.beginsValue) return { kind: "missing", start: this.#cursor.end, end: this.#cursor.end };
    switch (token.kind) {
      case "quote":
        return readString(this.#cursor, this.#inner);
      case "number":
      case "path":
        this.#cursor.move();
        if (this.#cursor.peek() === "${" && this.#cursor.start === token.end) {
          readInterpolation(this.#cursor, this.#inner);
          return { kind: "other", start, end: this.#cursor.end };
        }
        return { kind: token.kind, text: token.text, start, end: token.end };
      case "name":
        if ((token.text === "rec" || token.text === "let") && this.#cursor.peek(1) === "{") {
          this.#cursor.move();
          return this.#set();
        }
        this.#cursor.move();
        return { kind: "name", path: [token.text], start, end: token.end };
    }
    if (token.text === "{") return this.#set();
    if (token.text === "[") return this.#list();
    if (token.text === "${") {
      readInterpolation(this.#cursor, this.#inner);
      return { kind: "other", start, end: this.#cursor.end };
    }
    this.#cursor.move();
    const inner = this.#expression();
    this.#cursor.skipTo(")");
    return inner;
  }

  #set(): NixSet {
    const start = this.#cursor.start;
    this.#cursor.move();
    const deep = this.#depth > MAX_DEPTH;
    this.#depth++;
    const { bindings, inherited } = deep ? { bindings: [], inherited: [] } : this.#bindings();
    this.#depth--;
    const closed = this.#cursor.skipTo("}");
    return { kind: "set", bindings, inherited, closed, start, end: this.#cursor.end };
  }

  #list(): NixNode {
    const start = this.#cursor.start;
    this.#cursor.move();
    const items: NixNode[] = [];
    this.#depth++;
    while (this.#depth <= MAX_DEPTH && this.#cursor.beginsValue) items.push(this.#selected());
    this.#depth--;
    this.#cursor.skipTo("]");
    return { kind: "list", items, start, end: this.#cursor.end };
  }

  #bindings(): { bindings: readonly NixBinding[]; inherited: readonly NixAttribute[] } {
    const bindings: NixBinding[] = [];
    const inherited: NixAttribute[] = [];
    for (;;) {
      const start = this.#cursor.start;
      if (this.#cursor.take("inherit")) {
        if (this.#cursor.peek() === "(") this.#simple();
        for (let it = this.#attribute(); it; it = this.#attribute()) inherited.push(it);
        this.#cursor.take(";");
        continue;
      }
      if (this.#cursor.endsExpression) break;
      const path: NixAttribute[] = [];
      for (let it = this.#attribute(); it; it = this.#cursor.take(".") ? this.#attribute() : undefined) path.push(it);
      if (path.length === 0) {
        // A stray sign costs no more than itself.
        if (this.#cursor.isAtEnd || ["}", ")", "]"].includes(this.#cursor.peek())) break;
        this.#cursor.move();
        continue;
      }
      const value = this.#cursor.take("=") ? this.#expression() : undefined;
      this.#cursor.take(";");
      bindings.push({ path, value, start, end: this.#cursor.end });
    }
    return { bindings, inherited };
  }

  readonly #attribute = (): NixAttribute | undefined => readAttribute(this.#cursor, this.#inner);
  readonly #inner = (): NixNode => this.#expression();
}
