import type { FixChoice } from "../../server/src/reports/model.ts";
import { isList, type Child as PageChild } from "../../server/src/reports/tag.ts";

type Child = Node | string | undefined;

/** Makes an element. Text becomes text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((it) => it !== undefined));
  return made;
}

/** All of a page that has nothing else to show. */
export const noticePage = (notice: string): HTMLElement =>
  element("main", { class: "notice", role: "status" }, element("p", {}, notice));

/** A document that the editor has rendered, which is in English. */
export const documentPage = (html: string): HTMLElement =>
  element(
    "main",
    { class: "document", lang: "en" },
    ...new DOMParser().parseFromString(html, "text/html").body.childNodes,
  );

/** Puts another page into the place of what is there. What had the focus has it again, else the control that came after it. */
export function replacePage(page: HTMLElement): void {
  const active = document.activeElement;
  const caret = active instanceof HTMLInputElement ? active.selectionStart : null;
  const controls = [...document.querySelectorAll<HTMLElement>("[id]")]
    .filter((it) => it.tabIndex >= 0)
    .map((it) => it.id);
  document.body.replaceChildren(page);
  if (!active?.id) return;
  const after = controls.slice(controls.indexOf(active.id) + 1);
  const next = [active.id, ...after].map((it) => document.getElementById(it)).find((it) => it !== null);
  next?.focus();
  if (next instanceof HTMLInputElement && caret !== null) next.setSelectionRange(caret, caret);
}

/** Elements of a page in this document, where pressing does something. What the reader opened stays open. */
export function drawn(child: PageChild, press?: (fix: FixChoice) => void): Node[] {
  if (child === undefined) return [];
  if (typeof child === "string") return [document.createTextNode(child)];
  if (isList(child)) return child.flatMap((it) => drawn(it, press));
  const { name, attributes, children, fix } = child;
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    // A strict content security policy allows a style that is set by script.
    if (key === "style") made.style.cssText = value ?? "";
    else if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flatMap((it) => drawn(it, press)));
  if (fix && press) made.addEventListener("click", () => press(fix));
  const before = made instanceof HTMLDetailsElement ? document.getElementById(made.id) : null;
  if (before instanceof HTMLDetailsElement && before.open) made.setAttribute("open", "");
  return [made];
}

/** Text that may be broken before the dot of its suffix, or after a slash, and elsewhere only where it must. */
export function breakable(words: string): (Node | string)[] {
  return words.split(/(?<=[\\/])|(?=\.[a-z]+$)/).flatMap((it, i) => (i === 0 ? [it] : [element("wbr"), it]));
}
