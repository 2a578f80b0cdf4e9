import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Span } from "../text/span.ts";

/** A value of JSON with its place; of an object the members in their order, those of one name each. */
export interface JsonValue extends Span {
  readonly kind: "object" | "array" | "string" | "number" | "boolean" | "null";
  /** Of a string, number or boolean. */
  readonly value?: unknown;
  readonly items: readonly JsonValue[];
  readonly members: readonly JsonMember[];
}

/** A member of an object. */
export interface JsonMember {
  readonly name: string;
  /** The place of its name, with the quotes. */
  readonly at: Span;
  readonly value: JsonValue;
}

/** What a text says, or where it is no JSON. */
export type ReadJson =
  | { readonly kind: "json"; readonly value: JsonValue }
  | { readonly kind: "error"; readonly at: Span; readonly message: string };

/** Reads JSON with comments and commas after the last element; a byte order mark is passed over. */
export function readJson(text: string): ReadJson {
  const errors: ParseError[] = [];
  const plain = text.replace(/^\ufeff/, " ");
  let tree: Node | undefined;
  try {
    tree = parseTree(plain, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (tree && !first) return { kind: "json", value: jsonValue(tree) };
  } catch (error) {
    // The parser calls itself for what stands in something else.
    if (!(error instanceof RangeError)) throw error;
    return { kind: "error", at: { start: 0, end: 0 }, message: "The values are nested too deeply" };
  }
  const [first] = errors;
  const start = Math.min(first?.offset ?? 0, text.length);
  const at = { start, end: Math.min(start + (first?.length ?? 0), text.length) };
  return { kind: "error", at, message: messageFor(plain, first) };
}

function jsonValue({ type, value, offset, length, children = [] }: Node): JsonValue {
  const place = { start: offset, end: offset + length };
  if (type === "array") return { ...place, kind: type, items: children.map(jsonValue), members: [] };
  if (type !== "object") return { ...place, kind: type === "property" ? "null" : type, value, items: [], members: [] };
  const members = children.flatMap(({ children: parts = [] }) => {
    const [name, valueNode] = parts;
    if (!name || !valueNode) return [];
    const at = { start: name.offset, end: name.offset + name.length };
    return [{ name: String(name.value), at, value: jsonValue(valueNode) }];
  });
  return { ...place, kind: type, items: [], members };
}

/** By the numbers of the parser, in the words of who writes JSON. */
const MESSAGES: Readonly<Record<number, string>> = {
  1: "This is no word of JSON",
  2: "This is no number of JSON",
  3: "A name in double quotes is expected here",
  4: "A value is expected here",
  5: 'A ":" is expected here',
  6: 'A "," is expected here',
  7: 'A "}" is expected here',
  8: 'A "]" is expected here',
  9: "Nothing may follow the value",
  11: "The comment does not end",
  12: "The text does not end: a double quote is missing",
  13: "The number does not end",
  14: "This is no escape that JSON knows",
  15: "This is no escape that JSON knows",
  16: "A text holds a character that has to be escaped",
};

function messageFor(text: string, error: ParseError | undefined): string {
  if (text.trim() === "") return "The file is empty";
  return MESSAGES[error?.error ?? 0] ?? "This is no JSON";
}
