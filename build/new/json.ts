import type { parseTree } from "jsonc-parser";
import { Refusal } from "./plan.ts";

/** A value of a file of data with its place. */
export type JsonNode = ReturnType<typeof parseTree>;

/** The values of an object by their names. */
export function propertiesOf(node: JsonNode): ReadonlyMap<string, JsonNode> {
  return new Map(node?.children?.map(({ children: [name, value] = [] }) => [String(name?.value), value]));
}

/** A text with more behind the last value of an object in it. */
export function withLast(text: string, object: JsonNode, added: string): string {
  const last = object?.children?.at(-1);
  if (!last) throw new Refusal("nothing to add to");
  const end = last.offset + last.length;
  return text.slice(0, end) + added + text.slice(end);
}
