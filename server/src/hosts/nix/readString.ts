import type { NixCursor } from "./cursor.ts";
import type { NixAttribute, NixNode, NixString } from "./nixTree.ts";
import { indentedParts, quotedParts, type RawPart } from "./strings.ts";

/** Reads a string of either kind from its quotes on. */
export function readString(cursor: NixCursor, expression: () => NixNode): NixString {
  const { start } = cursor;
  const indented = cursor.token?.text === "''";
  cursor.move();
  const raw: RawPart[] = [];
  for (let it = cursor.token; it && it.kind !== "end-quote"; it = cursor.token) {
    if (it.kind === "sign") raw.push({ kind: "interpolation", ...readInterpolation(cursor, expression) });
    else {
      const last = raw.at(-1);
      const isMore = it.kind === "text" && last?.kind === "text";
      if (isMore) raw[raw.length - 1] = { ...last, text: last.text + it.text };
      else raw.push({ kind: it.kind === "escape" ? "escape" : "text", start: it.start, text: it.text });
      cursor.move();
    }
  }
  cursor.move();
  const parts = indented ? indentedParts(raw) : quotedParts(raw);
  return { kind: "string", parts, indented, start, end: cursor.end };
}

/** Reads what stands between a dollar sign with its brace and the brace that ends it. */
export function readInterpolation(
  cursor: NixCursor,
  expression: () => NixNode,
): { readonly start: number; readonly end: number; readonly node: NixNode } {
  const { start } = cursor;
  cursor.move();
  const node = expression();
  cursor.skipTo("}");
  return { start, end: cursor.end, node };
}

/** Reads a name of an attribute path; undefined where none comes. */
export function readAttribute(cursor: NixCursor, expression: () => NixNode): NixAttribute | undefined {
  const { token } = cursor;
  if (token?.kind === "name" && !cursor.endsExpression) {
    cursor.move();
    return { name: token.text, start: token.start, end: token.end };
  }
  if (token?.kind === "quote") {
    const { parts, start, end } = readString(cursor, expression);
    const name = parts.some((it) => it.text === undefined) ? undefined : parts.map((it) => it.text).join("");
    return { name, start, end };
  }
  if (token?.kind !== "sign" || token.text !== "${") return undefined;
  readInterpolation(cursor, expression);
  return { name: undefined, start: token.start, end: cursor.end };
}
