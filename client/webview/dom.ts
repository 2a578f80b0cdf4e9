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
export const saidPage = (said: string): HTMLElement =>
  element("main", { class: "said", role: "status" }, element("p", {}, said));

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
