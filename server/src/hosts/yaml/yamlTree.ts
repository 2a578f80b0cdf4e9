import { type CST, Parser } from "yaml";
import type { Span } from "../../text/span.ts";

/** A value of a YAML or JSON text, looked into no deeper than it is asked for. */
export type YamlNode = CST.Token;

/** A text in it, however it is written, and what stands before it. */
export interface YamlText {
  readonly token: CST.FlowScalar | CST.BlockScalar;
  /** Whether a tag makes something else of it. */
  readonly tagged: boolean;
}

/** The first value of a text; of one that is broken as much as can be told, and undefined where there is none. */
export function yamlRoot(text: string): YamlNode | undefined {
  for (const it of new Parser().parse(text)) if (it.type === "document") return it.value;
  return undefined;
}

/** The value of a key, the first of several; undefined where this is no map or has none. */
export const yamlMember = (node: YamlNode | undefined, key: string): YamlNode | undefined =>
  itemOf(node, key)?.value ?? undefined;

/** The same where it is a text. */
export function textIn(node: YamlNode | undefined, key: string): YamlText | undefined {
  const item = itemOf(node, key);
  const token = item?.value;
  if (!item || !token || !isText(token)) return undefined;
  return { token, tagged: (item.sep ?? []).some((it) => it.type === "tag") };
}

/** The values of a list; none where this is no list. */
export function yamlItems(node: YamlNode | undefined): readonly YamlNode[] {
  const isList = node?.type === "block-seq" || (node?.type === "flow-collection" && node.start.source === "[");
  return isList ? node.items.flatMap((it) => it.value ?? []) : [];
}

function itemOf(node: YamlNode | undefined, key: string): CollectionItem | undefined {
  const isMap = node?.type === "block-map" || (node?.type === "flow-collection" && node.start.source === "{");
  if (!isMap) return undefined;
  const items: readonly CollectionItem[] = node.items;
  return items.find((it) => {
    if (!it.key || !("source" in it.key)) return false;
    const { type, source } = it.key;
    return type === "scalar" ? source === key : QUOTED.has(type) && source.slice(1, -1) === key;
  });
}

type CollectionItem = CST.BlockMap["items"][number] | CST.FlowCollection["items"][number];

const QUOTED: ReadonlySet<string> = new Set(["double-quoted-scalar", "single-quoted-scalar"]);

const isText = (it: YamlNode): it is YamlText["token"] =>
  it.type === "block-scalar" || it.type === "scalar" || QUOTED.has(it.type);

/** Where the characters of a text begin and end, the quotes or the sign before its lines left out. */
export function bodyOf({ token }: YamlText): Span {
  if (token.type === "block-scalar") {
    const last = token.props.at(-1);
    const start = last && "source" in last ? last.offset + last.source.length : token.offset;
    return { start, end: start + token.source.length };
  }
  const quote = token.type === "scalar" ? 0 : 1;
  const isClosed = quote === 1 && token.source.length > 1 && token.source.at(-1) === token.source[0];
  const end = token.offset + token.source.length - (isClosed ? 1 : 0);
  return { start: Math.min(token.offset + quote, end), end };
}

/** The sign of a text of several lines, such as `|2-`; undefined for any other. */
export const headerOf = ({ token }: YamlText): string | undefined =>
  token.type === "block-scalar"
    ? token.props.flatMap((it) => (it.type === "block-scalar-header" ? it.source : []))[0]
    : undefined;
