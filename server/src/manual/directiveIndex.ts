import { inlineText } from "./inline.ts";
import type { ManualEntry } from "./model.ts";
import { readPage } from "./page.ts";
import type { PageSource } from "./source.ts";

/** One name of systemd.directives(7): a directive with its `=`, an option, a variable, a path. */
export interface IndexedName {
  readonly name: string;
  /** The pages that describe it, such as `systemd.exec(5)`. */
  readonly pages: readonly string[];
}

/** A group of names of one kind. */
export interface IndexGroup {
  readonly title: string;
  readonly names: readonly IndexedName[];
}

/** The groups of systemd.directives(7), in its order. */
export function directiveIndex(source: PageSource): readonly IndexGroup[] {
  return readPage(source).sections.flatMap(({ title, blocks }) => {
    const names = blocks.flatMap((it) => (it.kind === "entries" ? it.entries : [])).map(indexedName);
    return names.length > 0 ? [{ title, names }] : [];
  });
}

function indexedName({ terms, blocks }: ManualEntry): IndexedName {
  const content = blocks.flatMap((it) => (it.kind === "paragraph" ? it.content : []));
  return {
    name: terms.map(inlineText).join(", "),
    pages: content.flatMap((it) => (it.kind === "reference" ? [`${it.page}(${it.section})`] : [])),
  };
}
