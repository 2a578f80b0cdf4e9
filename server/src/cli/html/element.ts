/** A piece of a page, in which all text is escaped. */
export interface Html {
  readonly html: string;
}

type Child = Html | string | undefined;

/** Elements that have no content and no end. */
const VOID: ReadonlySet<string> = new Set(["br", "meta", "wbr"]);

/** Makes an element. Text becomes text, never markup. */
export function htmlElement(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): Html {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(value ?? "")}"`)
    .join("");
  const content = children.map((it) => (typeof it === "object" ? it.html : escaped(it ?? ""))).join("");
  return { html: VOID.has(tag) ? `<${tag}${written}>` : `<${tag}${written}>${content}</${tag}>` };
}

/** Pieces one after the other. */
export const fragment = (...pieces: readonly (Html | undefined)[]): Html => ({
  html: pieces.map((it) => it?.html ?? "").join("\n"),
});

/** What is no text, in HTML or elsewhere: control characters but for tabs and new lines, and halves of characters. */
const UNREADABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/gu;

function escaped(text: string): string {
  return text.replace(UNREADABLE, "\ufffd").replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
}
