/** An element of a page, as far as the code of our pages makes and asks it. */
export class FakeElement {
  readonly attributes: Record<string, string> = {};
  readonly children: (FakeElement | string)[] = [];
  readonly #listeners: ((event: { readonly preventDefault: () => void }) => void)[] = [];

  constructor(readonly tag: string) {}

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }

  append(...children: readonly (FakeElement | string)[]): void {
    this.children.push(...children);
  }

  addEventListener(_: "click", act: (event: { readonly preventDefault: () => void }) => void): void {
    this.#listeners.push(act);
  }

  click(): void {
    for (const act of this.#listeners) act({ preventDefault: () => undefined });
  }

  /** What a reader sees. */
  get text(): string {
    return this.children.map((it) => (typeof it === "string" ? it : it.text)).join("");
  }

  /** All elements of a kind below it, in their order. */
  all(tag: string): FakeElement[] {
    return this.children.flatMap((it) =>
      typeof it === "string" ? [] : [...(it.tag === tag ? [it] : []), ...it.all(tag)],
    );
  }
}

/** Gives code of our pages a document to make elements with, until the returned function is called. */
export function fakeDocument(texts: Readonly<Record<string, string>> = {}): () => void {
  const document = {
    body: { dataset: { texts: JSON.stringify(texts) } },
    createElement: (tag: string) => new FakeElement(tag),
    getElementById: () => null,
  };
  Object.assign(globalThis, { document, HTMLDetailsElement: class {} });
  return () => {
    Reflect.deleteProperty(globalThis, "document");
    Reflect.deleteProperty(globalThis, "HTMLDetailsElement");
  };
}
