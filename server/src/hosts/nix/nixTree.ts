import type { Span } from "../../text/span.ts";

/** A part of a string: text that stands for itself in the file, text that is written otherwise, or an interpolation. */
export interface NixStringPart extends Span {
  /** What it stands for; undefined of an interpolation. */
  readonly text: string | undefined;
  /** Whether each character of it stands in the file as it is. */
  readonly exact: boolean;
  /** What is interpolated. */
  readonly node?: NixNode;
}

/** A string of either kind, its indentation taken away. */
export interface NixString extends Span {
  readonly kind: "string";
  readonly parts: readonly NixStringPart[];
  readonly indented: boolean;
}

/** A name with what is selected from it, such as `lib.mkForce`; `true`, `false` and `null` are names. */
export interface NixName extends Span {
  readonly kind: "name";
  readonly path: readonly string[];
}

/** One name of an attribute path. */
export interface NixAttribute extends Span {
  /** Undefined where it is only known once it is evaluated. */
  readonly name: string | undefined;
}

/** `a.b = value;`, or a path that still has no value. */
export interface NixBinding extends Span {
  readonly path: readonly NixAttribute[];
  readonly value: NixNode | undefined;
}

/** `{ … }`; `end` is behind the brace, or where the text ends. */
export interface NixSet extends Span {
  readonly kind: "set";
  readonly bindings: readonly NixBinding[];
  /** The names of all `inherit`, whose values stand elsewhere. */
  readonly inherited: readonly NixAttribute[];
  readonly closed: boolean;
}

/** `[ … ]`. */
export interface NixList extends Span {
  readonly kind: "list";
  readonly items: readonly NixNode[];
}

/** `f a b`. */
export interface NixCall extends Span {
  readonly kind: "call";
  readonly callee: NixNode;
  readonly args: readonly NixNode[];
}

/** Operands with one operator, or with several, of which nobody has to know the order. */
export interface NixOperation extends Span {
  readonly kind: "operation";
  /** Undefined where there are several. */
  readonly operator: string | undefined;
  readonly operands: readonly NixNode[];
}

/** `x: body` or `{ x, … }: body`. */
export interface NixFunction extends Span {
  readonly kind: "function";
  readonly params: readonly string[];
  readonly body: NixNode;
}

/** `let … in body`. */
export interface NixLet extends Span {
  readonly kind: "let";
  readonly bindings: readonly NixBinding[];
  readonly body: NixNode;
}

/** `with …; body` and `assert …; body`. */
export interface NixScope extends Span {
  readonly kind: "scope";
  readonly body: NixNode;
}

/** `if … then … else …`. */
export interface NixIf extends Span {
  readonly kind: "if";
  readonly branches: readonly NixNode[];
}

/** A number, path or address as it is written. */
export interface NixLiteral extends Span {
  readonly kind: "number" | "path";
  readonly text: string;
}

/** All else that has a value, and what is missing where one should be. */
export interface NixOther extends Span {
  readonly kind: "other" | "missing";
}

/** An expression. */
export type NixNode =
  | NixString
  | NixName
  | NixSet
  | NixList
  | NixCall
  | NixOperation
  | NixFunction
  | NixLet
  | NixScope
  | NixIf
  | NixLiteral
  | NixOther;
