import type { FixChoice } from "./model.ts";

/** An element as plain data, of which a page makes HTML and a view the elements of its document. */
export interface PageTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Child[];
  /** What pressing it does, where something can be pressed. */
  readonly fix?: FixChoice;
}

/** What stands in an element; a list is one piece after the other. */
export type Child = PageTag | string | undefined | readonly Child[];

/** Makes an element. Text becomes text, never markup. */
export const tag = (name: string, attributes: PageTag["attributes"] = {}, ...children: readonly Child[]): PageTag => ({
  ...{ name, attributes, children },
});

/** A table of rows, with the labels of its columns by their kind. */
export function tableTag(
  kind: string | undefined,
  labels: Readonly<Record<string, string>>,
  rows: readonly PageTag[],
): PageTag {
  const heads = Object.entries(labels).map(([column, label]) => tag("th", { scope: "col", class: column }, label));
  return tag("table", { class: kind }, tag("thead", {}, tag("tr", {}, ...heads)), tag("tbody", {}, ...rows));
}

/** Elements that have no content and no end. */
const VOID: ReadonlySet<string> = new Set(["br", "meta", "wbr"]);

/** A piece of a page as HTML, in which all text is escaped; pieces of a list stand in lines of their own. */
export function htmlOf(child: Child): string {
  if (child === undefined) return "";
  if (typeof child === "string") return escaped(child);
  if (isList(child)) return child.map(htmlOf).join("\n");
  const { name, attributes, children } = child;
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${escaped(value)}"`,
  );
  const start = `<${name}${written.join("")}>`;
  if (VOID.has(name)) return start;
  // A browser reads what stands in a style as it is written; only our own does.
  const content = name === "style" ? children.filter((it) => typeof it === "string") : children.map(htmlOf);
  return `${start}${content.join("")}</${name}>`;
}

/** Whether it is several pieces. */
export const isList = (child: Child): child is readonly Child[] => Array.isArray(child);

/** What is no text, in HTML or elsewhere: control characters but for tabs and new lines, and halves of characters. */
const UNREADABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/gu;

function escaped(text: string): string {
  return text.replace(UNREADABLE, "\ufffd").replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
}
