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

/** A bar that is filled from 0 to 1; its look is set by script, which a strict content security policy allows. */
export function bar(share: number, label: string): HTMLElement {
  const fill = element("div", { class: "fill" });
  fill.style.width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return element("div", { class: "track", role: "img", "aria-label": label }, fill);
}

/** Tenths as systemd writes them. */
export function tenths(exposure: number): string {
  return `${Math.floor(exposure / 10)}.${exposure % 10}`;
}

/** Text that may be broken before the dot of its suffix, or after a slash, and elsewhere only where it must. */
export function breakable(words: string): (Node | string)[] {
  return words.split(/(?<=[\\/])|(?=\.[a-z]+$)/).flatMap((it, i) => (i === 0 ? [it] : [element("wbr"), it]));
}
